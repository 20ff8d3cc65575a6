package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/** The descriptors and the memory of one test, released at its end. */
final class Owned implements AutoCloseable {
  private final Deque<Runnable> releases = new ArrayDeque<>();

  /** Takes over a descriptor that a call returned. */
  int fd(int result) {
    assertThat(result).as(() -> Errno.describe(result)).isNotNegative();
    releases.push(() -> Descriptors.close(result));
    return result;
  }

  long memory(long bytes) {
    long address = Memory.allocate(bytes);
    releases.push(() -> Memory.free(address));
    return address;
  }

  int socket(int domain, int type) {
    return fd(Sockets.socket(domain, type | Sockets.SOCK_CLOEXEC, 0));
  }

  /** A socket bound to an address. */
  int bound(SocketAddress to, int type) {
    int fd = socket(SocketAddresses.family(to), type);
    long sockaddr = memory(SocketAddresses.STORAGE_BYTES);
    ok(Sockets.bind(fd, sockaddr, SocketAddresses.encode(to, sockaddr)));
    return fd;
  }

  int listening(SocketAddress to) {
    int fd = bound(to, Sockets.SOCK_STREAM);
    ok(Sockets.listen(fd, 16));
    return fd;
  }

  /** A blocking socket connected to an address. */
  int connected(SocketAddress to) {
    int fd = socket(SocketAddresses.family(to), Sockets.SOCK_STREAM);
    long sockaddr = memory(SocketAddresses.STORAGE_BYTES);
    ok(Sockets.connect(fd, sockaddr, SocketAddresses.encode(to, sockaddr)));
    return fd;
  }

  /** Two ends of one TCP connection, the second nonblocking. */
  int[] connection() {
    int listener = listening(loopback());
    int client = connected(nameOf(listener));
    return new int[] {client, fd(Sockets.accept4(listener, 0, 0, Sockets.SOCK_NONBLOCK))};
  }

  /** The read end and the write end. */
  int[] pipe(int flags) {
    long pair = memory(2L * Integer.BYTES);
    ok(Descriptors.pipe(pair, flags | Descriptors.O_CLOEXEC));
    return new int[] {fd(Memory.getInt(pair)), fd(Memory.getInt(pair + Integer.BYTES))};
  }

  SocketAddress nameOf(int fd) {
    long sockaddr = memory(SocketAddresses.STORAGE_BYTES);
    long length = memory(Integer.BYTES);
    Memory.putInt(length, SocketAddresses.STORAGE_BYTES);
    ok(Sockets.getsockname(fd, sockaddr, length));
    return SocketAddresses.decode(sockaddr, Memory.getInt(length));
  }

  static InetSocketAddress loopback() {
    return inet("127.0.0.1", 0);
  }

  static InetSocketAddress inet(String literal, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
  }

  static void ok(long result) {
    assertThat(result).as(() -> Errno.describe((int) result)).isZero();
  }

  @Override
  public void close() {
    while (!releases.isEmpty()) {
      releases.pop().run();
    }
  }
}
