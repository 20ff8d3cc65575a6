package fivefold.cli.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A Unix socket in the form of a {@link Socket}, which the JDK does not have, so that all that
 * talks to a TCP socket talks to it: reading, writing, half-close, a time to wait for a read, and
 * TLS on top.
 */
final class UnixSocket extends Socket {
  private final SocketChannel channel;
  private final Selector readable;
  private volatile int timeoutMillis;
  private volatile boolean outputEnded;

  /** Connects. */
  UnixSocket(UnixDomainSocketAddress server) throws IOException {
    super((@Nullable SocketImpl) null);
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(server);
      channel.configureBlocking(false);
      readable = Selector.open();
      channel.register(readable, SelectionKey.OP_READ);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer into = ByteBuffer.wrap(bytes, offset, length);
      for (int count; ; ) {
        count = channel.read(into);
        if (count != 0 || length == 0) {
          return count;
        }
        awaitReadable();
      }
    }
  }

  private void awaitReadable() throws IOException {
    int ready = readable.select(timeoutMillis);
    readable.selectedKeys().clear();
    if (ready == 0 && timeoutMillis > 0 && channel.isOpen()) {
      throw new SocketTimeoutException("Read timed out");
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
      if (channel.write(rest) == length) {
        return;
      }
      try (Selector writable = Selector.open()) {
        channel.register(writable, SelectionKey.OP_WRITE);
        while (rest.hasRemaining()) {
          writable.select();
          writable.selectedKeys().clear();
          channel.write(rest);
        }
      }
    }
  }

  @Override
  public InputStream getInputStream() {
    return new Input();
  }

  @Override
  public OutputStream getOutputStream() {
    return new Output();
  }

  @Override
  public void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public int getSoTimeout() {
    return timeoutMillis;
  }

  /** A Unix socket has nothing to delay. */
  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public boolean isInputShutdown() {
    return false;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputEnded;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    try {
      return channel.getRemoteAddress();
    } catch (IOException e) {
      return UnixDomainSocketAddress.of("");
    }
  }

  @Override
  public void shutdownOutput() throws IOException {
    outputEnded = true;
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
    readable.close();
  }
}
