package fivefold.testkit;

import fivefold.net.Server;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client of a Unix socket that blocks: java.nio's, on purpose no code of ours. */
public final class UnixPeer implements AutoCloseable {
  private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);

  private UnixPeer(UnixDomainSocketAddress server) throws IOException {
    try {
      channel.connect(server);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  public static UnixPeer connect(Server server) throws IOException {
    return new UnixPeer((UnixDomainSocketAddress) server.address());
  }

  /** All of it; blocks while the server does not read. */
  public UnixPeer send(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    return this;
  }

  public UnixPeer send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Exactly so many bytes. */
  public byte[] receive(int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException(
            "the server ended after " + bytes.position() + " of " + count + " bytes");
      }
    }
    return bytes.array();
  }

  public String receiveText(int count) throws IOException {
    return new String(receive(count), StandardCharsets.UTF_8);
  }

  /** Whether the server has ended its side and sent nothing more. */
  public boolean isAtEnd() throws IOException {
    return channel.read(ByteBuffer.allocate(1)) < 0;
  }

  public UnixPeer halfClose() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
