package fivefold.testkit;

import fivefold.net.Server;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * A client that blocks: the simplest thing that can speak to a server, and on purpose no code of
 * ours. A read that gets nothing fails after {@link Await#PATIENCE}.
 */
public final class Peer implements AutoCloseable {
  private static final int SMALL_BUFFER_BYTES = 4096;

  private final Socket socket;
  // Kept, because a closed socket no longer knows it.
  private final InetSocketAddress address;

  private Peer(SocketAddress server, boolean smallBuffer) throws IOException {
    socket = new Socket();
    if (smallBuffer) {
      // Before connecting, or the window has been announced already.
      socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Await.PATIENCE.toMillis());
    try {
      socket.connect(server, (int) Await.PATIENCE.toMillis());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    address = (InetSocketAddress) socket.getLocalSocketAddress();
  }

  public static Peer connect(Server server) throws IOException {
    return new Peer(server.address(), false);
  }

  /** Of a server in another process. */
  public static Peer connect(int port) throws IOException {
    return new Peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), false);
  }

  /** A peer whose kernel takes little, so that a server's outbox fills soon. */
  public static Peer connectWithSmallBuffer(Server server) throws IOException {
    return new Peer(server.address(), true);
  }

  public InetSocketAddress address() {
    return address;
  }

  public Peer send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** All of it; blocks while the server does not read. */
  public Peer send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Exactly so many bytes. */
  public byte[] receive(int count) throws IOException {
    byte[] bytes = socket.getInputStream().readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the server ended after " + bytes.length + " of " + count + " bytes");
    }
    return bytes;
  }

  /** As many bytes as the expected answer should have, as text. */
  public String receiveText(int count) throws IOException {
    return new String(receive(count), StandardCharsets.UTF_8);
  }

  public InputStream input() throws IOException {
    return socket.getInputStream();
  }

  /** What one system call gives. */
  public byte[] receiveOnce(int limit) throws IOException {
    byte[] bytes = new byte[limit];
    int count = socket.getInputStream().read(bytes);
    return count <= 0 ? new byte[0] : java.util.Arrays.copyOf(bytes, count);
  }

  /** Everything up to the server's end. */
  public byte[] receiveToEnd() throws IOException {
    return socket.getInputStream().readAllBytes();
  }

  public String receiveTextToEnd() throws IOException {
    return new String(receiveToEnd(), StandardCharsets.UTF_8);
  }

  /** What came before the server ended or broke the connection, whichever it did. */
  public byte[] receiveToEndOrReset() throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    byte[] chunk = new byte[65_536];
    try {
      for (int count; (count = socket.getInputStream().read(chunk)) >= 0; ) {
        received.write(chunk, 0, count);
      }
    } catch (SocketException reset) {
      // An end too, as the caller said.
    }
    return received.toByteArray();
  }

  /** Whether the server still answers an echo. */
  public boolean echoes(String text) throws IOException {
    send(text);
    return receiveText(text.getBytes(StandardCharsets.UTF_8).length).equals(text);
  }

  /** FIN: the server sees the end, and may go on sending. */
  public Peer halfClose() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** RST instead of FIN (socket(7), SO_LINGER with a time of zero). */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  public Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
