package fivefold.lab.figures;

import fivefold.sys.Descriptors;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.SocketAddresses;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * A UDP socket on the loopback address, and memory for one datagram. UDP as in Stevens' figures: a
 * datagram is there as a whole or not at all, so that "ready" has one meaning.
 */
final class ReceivingSocket implements AutoCloseable {
  /** After this nobody waits any longer: the datagram was lost. */
  static final long PATIENCE_NANOS = 5_000_000_000L;

  private final int fd;
  private final long buffer;
  private final int bytes;
  private final SocketAddress address;

  ReceivingSocket(int bytes) throws IOException {
    this.bytes = bytes;
    fd =
        checked(
            "socket",
            Sockets.socket(Sockets.AF_INET, Sockets.SOCK_DGRAM | Sockets.SOCK_CLOEXEC, 0));
    buffer = Memory.allocate(bytes);
    long sockaddr = Memory.allocate(SocketAddresses.STORAGE_BYTES + Integer.BYTES);
    try {
      int length =
          SocketAddresses.encode(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), sockaddr);
      checked("bind", Sockets.bind(fd, sockaddr, length));
      long lengthAddress = sockaddr + SocketAddresses.STORAGE_BYTES;
      Memory.putInt(lengthAddress, SocketAddresses.STORAGE_BYTES);
      checked("getsockname", Sockets.getsockname(fd, sockaddr, lengthAddress));
      address = SocketAddresses.decode(sockaddr, Memory.getInt(lengthAddress));
      Sockets.setReceiveTimeout(fd, PATIENCE_NANOS);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    } finally {
      Memory.free(sockaddr);
    }
    // Asked for the first time, the kernel begins to note when datagrams come.
    Descriptors.lastArrivalNanos(fd);
  }

  static int checked(String call, int result) throws IOException {
    if (result < 0) {
      throw NativeException.of(call, result);
    }
    return result;
  }

  int descriptor() {
    return fd;
  }

  SocketAddress address() {
    return address;
  }

  long buffer() {
    return buffer;
  }

  int bytes() {
    return bytes;
  }

  /** recv(2) into the memory. */
  long receive() {
    return Sockets.recv(fd, buffer, bytes, 0);
  }

  /**
   * When the network gave the kernel the last datagram, by the clock of {@link System#nanoTime}.
   */
  long lastArrivalNanos() throws IOException {
    long arrived = Descriptors.lastArrivalNanos(fd);
    if (arrived < 0) {
      throw NativeException.of("ioctl SIOCGSTAMPNS", (int) arrived);
    }
    return arrived - WallClock.aheadNanos();
  }

  @Override
  public void close() {
    Descriptors.close(fd);
    Memory.free(buffer);
  }
}
