package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SocketsTest {
  private final Owned owned = new Owned();
  private final long memory = owned.memory(256);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void nothingThereIsAValue() {
    int[] connection = owned.connection();
    assertThat(Sockets.recv(connection[1], memory, 10, 0)).isEqualTo(-Errno.EAGAIN);
    assertThat(Sockets.recv(connection[0], memory, 10, Sockets.MSG_DONTWAIT))
        .isEqualTo(-Errno.EAGAIN);
    int listener = owned.listening(Owned.loopback());
    Owned.ok(Descriptors.setNonBlocking(listener, true));
    assertThat(Sockets.accept4(listener, 0, 0, 0)).isEqualTo(-Errno.EAGAIN);
  }

  @Test
  void aFullSendBufferIsAValue() {
    int[] connection = owned.connection();
    long block = owned.memory(1 << 20);
    long sent;
    do {
      sent = Sockets.send(connection[1], block, 1 << 20, Sockets.MSG_NOSIGNAL);
    } while (sent > 0);
    assertThat(sent).isEqualTo(-Errno.EAGAIN);
  }

  @Test
  void aPortThatNobodyListensAtRefuses() {
    int silent = owned.bound(Owned.loopback(), Sockets.SOCK_STREAM);
    int client = owned.socket(Sockets.AF_INET, Sockets.SOCK_STREAM);
    int bytes = SocketAddresses.encode(owned.nameOf(silent), memory);
    assertThat(Sockets.connect(client, memory, bytes)).isEqualTo(-Errno.ECONNREFUSED);
  }

  @Test
  void aRefusalOfANonBlockingConnectIsTheSocketsError() {
    int silent = owned.bound(Owned.loopback(), Sockets.SOCK_STREAM);
    int client = owned.socket(Sockets.AF_INET, Sockets.SOCK_STREAM | Sockets.SOCK_NONBLOCK);
    int bytes = SocketAddresses.encode(owned.nameOf(silent), memory);
    assertThat(Sockets.connect(client, memory, bytes)).isEqualTo(-Errno.EINPROGRESS);
    Poll.put(memory, 0, client, Poll.POLLOUT);
    assertThat(Poll.poll(memory, 1, 10_000)).isEqualTo(1);
    assertThat(Sockets.getOption(client, Sockets.SOL_SOCKET, Sockets.SO_ERROR))
        .isEqualTo(Errno.ECONNREFUSED);
    assertThat(Sockets.getOption(client, Sockets.SOL_SOCKET, Sockets.SO_ERROR)).isZero();
  }

  @Test
  void aPortInUseIsRefused() {
    int first = owned.listening(Owned.loopback());
    int second = owned.socket(Sockets.AF_INET, Sockets.SOCK_STREAM);
    int bytes = SocketAddresses.encode(owned.nameOf(first), memory);
    assertThat(Sockets.bind(second, memory, bytes)).isEqualTo(-Errno.EADDRINUSE);
  }

  @Test
  void lingerOfZeroSecondsResets() {
    int[] connection = owned.connection();
    Owned.ok(Descriptors.setNonBlocking(connection[1], false));
    int dying = owned.fd(Descriptors.duplicate(connection[0]));
    Owned.ok(Sockets.setLinger(dying, true, 0));
    // The descriptor stays taken until the test releases it, but the connection goes with the last.
    int idle = owned.socket(Sockets.AF_UNIX, Sockets.SOCK_STREAM);
    assertThat(Descriptors.duplicate(idle, connection[0], Descriptors.O_CLOEXEC))
        .isEqualTo(connection[0]);
    assertThat(Descriptors.duplicate(idle, dying, Descriptors.O_CLOEXEC)).isEqualTo(dying);
    assertThat(Sockets.recv(connection[1], memory, 10, 0)).isEqualTo(-Errno.ECONNRESET);
  }

  @Test
  void sendingToAnEndedConnectionIsEpipeAndNoSignal() {
    int[] connection = owned.connection();
    Owned.ok(Sockets.shutdown(connection[1], Sockets.SHUT_WR));
    assertThat(Sockets.send(connection[1], memory, 1, Sockets.MSG_NOSIGNAL))
        .isEqualTo(-Errno.EPIPE);
    assertThat(Sockets.send(connection[1], memory, 1, 0)).isEqualTo(-Errno.EPIPE);
  }

  @Test
  void optionsAreReadAsTheyWereSet() {
    int fd = owned.socket(Sockets.AF_INET6, Sockets.SOCK_STREAM);
    for (int[] option :
        new int[][] {
          {Sockets.SOL_SOCKET, Sockets.SO_REUSEADDR, 1},
          {Sockets.SOL_SOCKET, Sockets.SO_REUSEPORT, 1},
          {Sockets.SOL_SOCKET, Sockets.SO_KEEPALIVE, 1},
          {Sockets.IPPROTO_TCP, Sockets.TCP_NODELAY, 1},
          {Sockets.IPPROTO_TCP, Sockets.TCP_KEEPIDLE, 77},
          {Sockets.IPPROTO_IPV6, Sockets.IPV6_V6ONLY, 1},
        }) {
      Owned.ok(Sockets.setOption(fd, option[0], option[1], option[2]));
      assertThat(Sockets.getOption(fd, option[0], option[1])).isEqualTo(option[2]);
    }
    Owned.ok(Sockets.setOption(fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, 10_000));
    assertThat(Sockets.getOption(fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF)).isEqualTo(20_000);
    assertThat(Sockets.setOption(fd, Sockets.SOL_SOCKET, 9999, 1)).isEqualTo(-Errno.ENOPROTOOPT);
  }

  @Test
  void aReceiveTimeoutEndsTheWait() {
    int[] connection = owned.connection();
    Owned.ok(Sockets.setReceiveTimeout(connection[0], Duration.ofMillis(30).toNanos()));
    long start = System.nanoTime();
    assertThat(Sockets.recv(connection[0], memory, 10, 0)).isEqualTo(-Errno.EAGAIN);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(29_000_000);
  }

  @Test
  void thePeersNameIsTheOthersOwn() {
    int[] connection = owned.connection();
    Memory.putInt(memory + 128, SocketAddresses.STORAGE_BYTES);
    Owned.ok(Sockets.getpeername(connection[0], memory, memory + 128));
    assertThat(SocketAddresses.decode(memory, Memory.getInt(memory + 128)))
        .isEqualTo(owned.nameOf(connection[1]));
    int alone = owned.socket(Sockets.AF_INET, Sockets.SOCK_STREAM);
    assertThat(Sockets.getpeername(alone, memory, memory + 128)).isEqualTo(-Errno.ENOTCONN);
  }
}
