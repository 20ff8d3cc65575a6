package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes there and back over each family, streams and datagrams. */
@EnabledOnOs(OS.LINUX)
class EchoTest {
  @TempDir Path directory;

  private final Owned owned = new Owned();
  private final long memory = owned.memory(1024);
  private final long sockaddr = owned.memory(SocketAddresses.STORAGE_BYTES);
  private final long length = owned.memory(Integer.BYTES);

  enum Family {
    INET,
    INET6,
    UNIX;

    SocketAddress address(Path directory, String name) {
      return switch (this) {
        case INET -> Owned.inet("127.0.0.1", 0);
        case INET6 -> Owned.inet("::1", 0);
        case UNIX -> UnixDomainSocketAddress.of(directory.resolve(name));
      };
    }
  }

  @AfterEach
  void release() {
    owned.close();
  }

  @ParameterizedTest
  @EnumSource
  void overAStream(Family family) {
    int listener = owned.listening(family.address(directory, "server"));
    int client = owned.connected(owned.nameOf(listener));
    Memory.putInt(length, SocketAddresses.STORAGE_BYTES);
    int server = owned.fd(Sockets.accept4(listener, sockaddr, length, Sockets.SOCK_CLOEXEC));
    assertThat(SocketAddresses.decode(sockaddr, Memory.getInt(length)))
        .isEqualTo(owned.nameOf(client));

    assertThat(Sockets.send(client, memory, put("hello"), Sockets.MSG_NOSIGNAL)).isEqualTo(5);
    long received = Sockets.recv(server, memory + 512, 100, 0);
    assertThat(received).isEqualTo(5);
    assertThat(Sockets.send(server, memory + 512, received, Sockets.MSG_NOSIGNAL)).isEqualTo(5);
    Memory.setZero(memory, 5);
    assertThat(Sockets.recv(client, memory, 100, 0)).isEqualTo(5);
    assertThat(get(5)).isEqualTo("hello");

    Owned.ok(Sockets.shutdown(client, Sockets.SHUT_WR));
    assertThat(Sockets.recv(server, memory, 100, 0)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void overDatagrams(Family family) {
    int server = owned.bound(family.address(directory, "server"), Sockets.SOCK_DGRAM);
    int client = owned.bound(family.address(directory, "client"), Sockets.SOCK_DGRAM);

    int bytes = SocketAddresses.encode(owned.nameOf(server), sockaddr);
    assertThat(Sockets.sendto(client, memory, put("hello"), 0, sockaddr, bytes)).isEqualTo(5);
    Memory.putInt(length, SocketAddresses.STORAGE_BYTES);
    assertThat(Sockets.recvfrom(server, memory + 512, 100, 0, sockaddr, length)).isEqualTo(5);
    assertThat(SocketAddresses.decode(sockaddr, Memory.getInt(length)))
        .isEqualTo(owned.nameOf(client));
    assertThat(Sockets.sendto(server, memory + 512, 5, 0, sockaddr, Memory.getInt(length)))
        .isEqualTo(5);
    Memory.setZero(memory, 5);
    assertThat(Sockets.recvfrom(client, memory, 3, Sockets.MSG_TRUNC, 0, 0)).isEqualTo(5);
    assertThat(get(3)).isEqualTo("hel");
  }

  private long put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Memory.copy(bytes, 0, memory, bytes.length);
    return bytes.length;
  }

  private String get(int bytes) {
    byte[] text = new byte[bytes];
    Memory.copy(memory, text, 0, bytes);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
