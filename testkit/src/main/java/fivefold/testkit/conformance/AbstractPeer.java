package fivefold.testkit.conformance;

import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.SocketOptions;
import fivefold.sys.Errno;
import fivefold.testkit.Await;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;

/** A client of an abstract name, which java.nio cannot reach. */
final class AbstractPeer implements AutoCloseable {
  private final NativeTransport transport = new NativeTransport();
  private final int handle;

  AbstractPeer(String name) throws IOException {
    handle = transport.connect(UnixDomainSocketAddress.of(name), SocketOptions.forClient());
  }

  boolean echoes(byte value) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(1).put(value).flip();
    Await.until("it is sent", () -> transport.send(handle, bytes) != -Errno.EAGAIN);
    bytes.clear();
    Await.until("it comes back", () -> transport.receive(handle, bytes) != -Errno.EAGAIN);
    return bytes.flip().hasRemaining() && bytes.get() == value;
  }

  @Override
  public void close() {
    transport.close(handle);
  }
}
