package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.fixture.Client;
import fivefold.net.fixture.Models;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A listener is the user's code as well: what it throws is its own trouble. */
@Timeout(60)
final class ServerListenerFaultsTest {
  static List<IoModel> models() {
    return Models.available();
  }

  private static final class ThrowsAlways implements ServerListener {
    @Override
    public void handlerFailed(SocketAddress peer, Throwable error) {
      throw new IllegalStateException("planted: handlerFailed");
    }

    @Override
    public void opened(Connection connection) {
      throw new IllegalStateException("planted: opened");
    }

    @Override
    public void closed(Connection connection, CloseReason reason) {
      throw new IllegalStateException("planted: closed");
    }

    @Override
    public void refused(SocketAddress peer, String why) {
      throw new IllegalStateException("planted: refused");
    }
  }

  private static void echoOrThrow(Connection connection, java.nio.ByteBuffer data) {
    if (data.get(data.position()) == '!') {
      throw new IllegalStateException("planted: handler");
    }
    connection.send(data);
  }

  @ParameterizedTest
  @MethodSource("models")
  void serverGoesOnWhenItsListenerThrows(IoModel model) throws Exception {
    try (Server server =
        Server.tcp(0, () -> ServerListenerFaultsTest::echoOrThrow)
            .model(model)
            .connectionLimit(1)
            .listener(new ThrowsAlways())
            .start()) {
      for (int round = 0; round < 3; round++) {
        try (Client served = new Client(server.port())) {
          assertThat(served.ask("hello")).isEqualTo("hello");
          try (Client beyondTheLimit = new Client(server.port())) {
            assertThat(beyondTheLimit.receiveAll()).isEmpty();
          }
          served.send("!");
          assertThat(served.receiveAll()).isEmpty();
        }
        await().until(() -> server.stats().open() == 0);
      }
      assertThat(server.stats().handlerErrors()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void datagramServerGoesOnWhenItsListenerThrows(IoModel model) throws Exception {
    DatagramHandler handler =
        (peer, datagram) -> {
          if (datagram.get(datagram.position()) == '!') {
            throw new IllegalStateException("planted: handler");
          }
          peer.reply(datagram);
        };
    assumeTrue(model.servesDatagrams(), "no UDP on " + model);
    try (Server server = Server.udp(0, handler).model(model).listener(new ThrowsAlways()).start();
        var socket = new java.net.DatagramSocket()) {
      socket.setSoTimeout(10_000);
      socket.connect(server.address());
      for (byte each : "!a!b".getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
        socket.send(new java.net.DatagramPacket(new byte[] {each}, 1));
      }
      var reply = new java.net.DatagramPacket(new byte[8], 8);
      socket.receive(reply);
      socket.receive(reply);
      // On several threads the answers may overtake the count.
      await().until(() -> server.stats().handlerErrors() == 2);
    }
  }

  /** It would wait for its own thread. */
  @ParameterizedTest
  @MethodSource("models")
  void stoppingFromAListenerIsRefusedAndDoesNotHang(IoModel model) throws Exception {
    AtomicReference<Server> started = new AtomicReference<>();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    ServerListener stops =
        new ServerListener() {
          @Override
          public void refused(SocketAddress peer, String why) {
            try {
              started.get().close();
              thrown.complete(new AssertionError("it stopped"));
            } catch (IllegalStateException e) {
              thrown.complete(e);
            }
          }
        };
    try (Server server =
        Server.tcp(0, () -> Connection::send)
            .model(model)
            .connectionLimit(1)
            .listener(stops)
            .start()) {
      started.set(server);
      try (Client served = new Client(server.port())) {
        assertThat(served.ask("hello")).isEqualTo("hello");
        try (Client beyondTheLimit = new Client(server.port())) {
          assertThat(beyondTheLimit.receiveAll()).isEmpty();
          assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aNullListenerIsRefusedAtOnce(IoModel model) {
    assertThatThrownBy(() -> Server.tcp(0, () -> Connection::send).model(model).listener(null))
        .isInstanceOf(NullPointerException.class);
  }
}
