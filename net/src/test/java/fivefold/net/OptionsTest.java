package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.fixture.Client;
import fivefold.net.fixture.Models;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong option is refused where it is given, in one line that says what was expected. */
@Timeout(60)
final class OptionsTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  static List<IoModel> models() {
    return Models.available();
  }

  static List<IoModel> withDatagrams() {
    return Models.withDatagrams();
  }

  private static Arguments tcp(Consumer<StreamServerBuilder> wrong, String message) {
    return Arguments.of(
        (Runnable) () -> wrong.accept(Server.tcp(0, () -> Connection::send)), message);
  }

  private static Arguments udp(Consumer<DatagramServerBuilder> wrong, String message) {
    DatagramHandler handler = (peer, datagram) -> {};
    return Arguments.of((Runnable) () -> wrong.accept(Server.udp(0, handler)), message);
  }

  static List<Arguments> wrongOptions() {
    return List.of(
        Arguments.of(
            (Runnable) () -> Server.tcp(-1, () -> Connection::send),
            "port is -1; expected 0 to 65535"),
        Arguments.of(
            (Runnable) () -> Server.udp(65_536, (peer, datagram) -> {}),
            "port is 65536; expected 0 to 65535"),
        tcp(server -> server.loops(0), "loops is 0; expected 1 to 1024"),
        tcp(server -> server.loops(1025), "loops is 1025; expected 1 to 1024"),
        tcp(server -> server.workers(0), "workers is 0; expected 1 to 100000"),
        tcp(server -> server.backlog(0), "backlog is 0; expected at least 1"),
        tcp(
            server -> server.sendBufferBytes(-1),
            "send buffer in bytes is -1; expected at least 0"),
        tcp(
            server -> server.receiveBufferBytes(-1),
            "receive buffer in bytes is -1; expected at least 0"),
        tcp(server -> server.connectionLimit(0), "connection limit is 0; expected at least 1"),
        tcp(
            server -> server.idleTimeout(Duration.ofSeconds(-1)),
            "idle timeout is PT-1S; expected zero or more"),
        tcp(
            server -> server.idleTimeout(FOREVER),
            "idle timeout is " + FOREVER + "; expected at most PT876000H"),
        tcp(
            server -> server.outbox(OutboxLimits.DEFAULT.withBytes(0)),
            "outbox limit in bytes is 0; expected at least 1"),
        tcp(
            server -> server.outbox(OutboxLimits.DEFAULT.withMessages(0)),
            "outbox limit in messages is 0; expected at least 1"),
        tcp(
            server -> server.outbox(OutboxLimits.DEFAULT.withAge(Duration.ZERO)),
            "outbox limit in time is PT0S; expected more than zero"),
        tcp(
            server -> server.outbox(OutboxLimits.DEFAULT.withAge(FOREVER)),
            "outbox limit in time is " + FOREVER + "; expected at most PT876000H"),
        udp(server -> server.loops(0), "loops is 0; expected 1 to 1024"),
        udp(server -> server.workers(0), "workers is 0; expected 1 to 100000"),
        udp(
            server -> server.datagramLimitBytes(0),
            "datagram limit in bytes is 0; expected 1 to 65535"),
        udp(
            server -> server.datagramLimitBytes(65_536),
            "datagram limit in bytes is 65536; expected 1 to 65535"),
        udp(server -> server.batch(0), "batch is 0; expected 1 to 1024"),
        udp(
            server -> server.replyBeyondBytes(-1),
            "reply beyond in bytes is -1; expected 0 to 1073741824"),
        udp(
            server -> server.peer(InetSocketAddress.createUnresolved("nobody", 1)),
            "the peer nobody/<unresolved>:1 is not resolved; expected an address"),
        udp(
            server -> {
              try {
                server
                    .loops(2)
                    .peer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                    .start()
                    .close();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "loops is 2, and one peer is served by one; leave out one of both"),
        udp(
            server -> server.sendBufferBytes(-1),
            "send buffer in bytes is -1; expected at least 0"),
        udp(
            server -> server.receiveBufferBytes(-1),
            "receive buffer in bytes is -1; expected at least 0"));
  }

  @ParameterizedTest
  @MethodSource("wrongOptions")
  void wrongOptionsAreRefusedInOneLine(Runnable wrong, String message) {
    assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @ParameterizedTest
  @MethodSource("models")
  void theLongestTimesAllowedAreServed(IoModel model) throws Exception {
    Duration longest = Duration.ofDays(36_500);
    CompletableFuture<String> scheduled = new CompletableFuture<>();
    StreamHandler handler =
        new StreamHandler() {
          @Override
          public void onReceive(Connection connection, java.nio.ByteBuffer data) {
            connection.schedule(FOREVER, () -> scheduled.complete("never"));
            connection.schedule(Duration.ZERO, () -> scheduled.complete("now"));
            connection.send(data);
          }
        };
    try (Server server =
        Server.tcp(0, () -> handler)
            .model(model)
            .idleTimeout(longest)
            .outbox(OutboxLimits.DEFAULT.withAge(longest))
            .start()) {
      try (Client client = new Client(server.port())) {
        assertThat(client.ask("hello")).isEqualTo("hello");
        assertThat(scheduled.get(10, TimeUnit.SECONDS)).isEqualTo("now");
      }
      assertThatThrownBy(() -> server.stop(FOREVER))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("drain time is " + FOREVER + "; expected at most PT876000H");
      assertThatThrownBy(() -> server.stop(Duration.ofMillis(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("drain time is PT-0.001S; expected zero or more");
      try (Client client = new Client(server.port())) {
        assertThat(client.ask("still there")).isEqualTo("still there");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aPortInUseIsSaidInOneLine(IoModel model) throws Exception {
    try (Server first = Server.tcp(0, () -> Connection::send).model(model).start()) {
      assertThatThrownBy(
              () -> Server.tcp(first.port(), () -> Connection::send).model(model).loops(3).start())
          .isInstanceOf(java.io.IOException.class)
          .hasMessage(
              "cannot listen on 127.0.0.1:"
                  + first.port()
                  + ": the port is in use; stop the other server or choose another port");
    }
  }

  @ParameterizedTest
  @MethodSource("withDatagrams")
  void aPortInUseOfDatagramsIsSaidInOneLine(IoModel model) throws Exception {
    try (Server first = Server.udp(0, (peer, datagram) -> {}).model(model).start()) {
      assertThatThrownBy(
              () -> Server.udp(first.port(), (peer, datagram) -> {}).model(model).start())
          .isInstanceOf(java.io.IOException.class)
          .hasMessageContaining("the port is in use");
    }
  }

  @Test
  void aModelWithoutDatagramsRefusesThemInOneLine() {
    assertThat(IoModel.AIO.servesDatagrams()).isFalse();
    assertThatThrownBy(() -> Server.udp(0, (peer, datagram) -> {}).model(IoModel.AIO).start())
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessage(
            "model 'aio' is not available: it has no datagrams; take another model for UDP, such as"
                + " nio, or serve TCP on it (--tcp)");
  }

  @ParameterizedTest
  @MethodSource("models")
  void anAddressOfAnotherMachineIsSaidInOneLine(IoModel model) {
    assertThatThrownBy(
            () -> Server.tcp(0, () -> Connection::send).host("192.0.2.1").model(model).start())
        .isInstanceOf(java.io.IOException.class)
        .isNotInstanceOf(BindException.class)
        .hasMessageStartingWith("cannot listen on 192.0.2.1:0: not an address of this machine");
  }

  @Test
  void anUnknownHostIsSaidInOneLine() {
    assertThatThrownBy(() -> Server.tcp(0, () -> Connection::send).host("no such host").start())
        .isInstanceOf(java.io.IOException.class)
        .hasMessageStartingWith("host 'no such host' is not known");
  }
}
