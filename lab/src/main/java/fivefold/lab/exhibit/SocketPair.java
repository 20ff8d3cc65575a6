package fivefold.lab.exhibit;

import fivefold.sys.Descriptors;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Sockets;

/** Two Unix sockets that are connected, and closed, together. */
final class SocketPair implements AutoCloseable {
  private final int near;
  private final int far;

  private SocketPair(int near, int far) {
    this.near = near;
    this.far = far;
  }

  /** A stream of bytes; both ends block. */
  static SocketPair stream() throws NativeException {
    return open(Sockets.SOCK_STREAM);
  }

  /** Messages that stay whole and in order; both ends block. */
  static SocketPair messages() throws NativeException {
    return open(Sockets.SOCK_SEQPACKET);
  }

  private static SocketPair open(int type) throws NativeException {
    long two = Memory.allocate(2 * Integer.BYTES);
    try {
      int result = Sockets.socketpair(type | Sockets.SOCK_CLOEXEC, two);
      if (result < 0) {
        throw NativeException.of("socketpair", result);
      }
      return new SocketPair(Memory.getInt(two), Memory.getInt(two + Integer.BYTES));
    } finally {
      Memory.free(two);
    }
  }

  /** The end that is looked at. */
  int near() {
    return near;
  }

  /** The peer's end. */
  int far() {
    return far;
  }

  @Override
  public void close() {
    Descriptors.close(near);
    Descriptors.close(far);
  }
}
