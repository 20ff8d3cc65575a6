package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fivefold.net.fixture.Client;
import fivefold.net.fixture.Models;
import fivefold.net.fixture.OpenDescriptors;
import fivefold.sys.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A start that fails on its way takes back what it has begun; so does a stop. */
@Timeout(120)
final class ServerStartFaultsTest {
  private static final int LOOPS = 3;

  static List<IoModel> models() {
    return Models.available();
  }

  static List<IoModel> withDatagrams() {
    return Models.withDatagrams();
  }

  private static StreamServerBuilder server(IoModel model, int port) {
    return Server.tcp(port, () -> Connection::send).model(model).loops(LOOPS).workers(2);
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fivefold"))
        .collect(Collectors.toSet());
  }

  /** Every class beside this one: later there may be no descriptor to open its file with. */
  private static void loadAll(Class<?> one) throws Exception {
    Path root = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(root)) {
      try (Stream<Path> files = Files.walk(root.resolve("fivefold"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
          String name = root.relativize(file).toString().replace('/', '.').replace(".class", "");
          Class.forName(name, false, one.getClassLoader());
        }
      }
    }
  }

  private static void serveOnce(IoModel model) throws IOException {
    try (Server server = server(model, 0).start();
        Client client = new Client(server.port())) {
      assertThat(client.ask("hello")).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @MethodSource("withDatagrams")
  void aPortInUseOfDatagramsIsNotShared(IoModel model) throws Exception {
    DatagramHandler handler = (peer, datagram) -> peer.reply(datagram);
    try (Server first = Server.udp(0, handler).model(model).loops(LOOPS).workers(2).start()) {
      assertThatThrownBy(
              () -> Server.udp(first.port(), handler).model(model).loops(LOOPS).workers(2).start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the port is in use");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aPortInUseLeavesNothingBehind(IoModel model) throws Exception {
    try (Server first = server(model, 0).start()) {
      // Once before, so that what is opened once for all is there, as by the JDK for its first
      // virtual thread that waits.
      try (Client client = new Client(first.port())) {
        assertThat(client.ask("hello")).isEqualTo("hello");
      }
      await().until(() -> first.stats().open() == 0);
      assertThatThrownBy(() -> server(model, first.port()).start()).isInstanceOf(IOException.class);
      Set<String> threadsBefore = threads();
      int before = OpenDescriptors.count();

      assertThatThrownBy(() -> server(model, first.port()).start()).isInstanceOf(IOException.class);

      await().untilAsserted(() -> assertThat(OpenDescriptors.count()).isEqualTo(before));
      await().untilAsserted(() -> assertThat(threadsBefore).containsAll(threads()));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void whereverDescriptorsEndTheStartTakesBackWhatItOpened(IoModel model) throws Exception {
    loadAll(IoModel.class);
    loadAll(Errno.class);
    serveOnce(model);
    try (Server first = server(model, 0).start()) {
      assertThatThrownBy(() -> server(model, first.port()).start()).isInstanceOf(IOException.class);
    }
    for (int left = 0; left < 12; left++) {
      await().untilAsserted(() -> assertThat(threads()).isEmpty());
      int before = OpenDescriptors.count();
      try (AutoCloseable limit = OpenDescriptors.leaving(left)) {
        server(model, 0).start().close();
      } catch (IOException e) {
        assertThat(e).as("%s left", left).hasMessageMatching("(?s).+");
      }
      await().untilAsserted(() -> assertThat(threads()).isEmpty());
      assertThat(OpenDescriptors.count()).as("%s left", left).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aStopLeavesNothingBehind(IoModel model) throws Exception {
    serveOnce(model);
    int before = OpenDescriptors.count();
    try (Server server = server(model, 0).start();
        Client client = new Client(server.port())) {
      assertThat(client.ask("hello")).isEqualTo("hello");
    }
    await().untilAsserted(() -> assertThat(OpenDescriptors.count()).isEqualTo(before));
    await().untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  /** What can be asked of a connection that has gone, by anyone. */
  @ParameterizedTest
  @MethodSource("models")
  void aClosedConnectionAnswersAndDoesNothing(IoModel model) throws Exception {
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    StreamHandler handler =
        new StreamHandler() {
          @Override
          public void onReceive(Connection connection, java.nio.ByteBuffer data) {
            opened.complete(connection);
          }

          @Override
          public void onClose(Connection connection, CloseReason reason) {
            closed.complete(reason);
          }
        };
    try (Server server = server(model, 0).start();
        Server other = Server.tcp(0, () -> handler).model(model).start();
        Client client = new Client(other.port())) {
      client.send("hello");
      Connection connection = opened.get(10, TimeUnit.SECONDS);
      int port = ((java.net.InetSocketAddress) connection.localAddress()).getPort();
      assertThat(port).isEqualTo(other.port());
      connection.close();
      connection.close();
      connection.close(CloseReason.IDLE_TIMEOUT);
      assertThat(closed.get(10, TimeUnit.SECONDS).kind()).isEqualTo(CloseReason.Kind.LOCAL_CLOSE);
      await().until(() -> other.stats().open() == 0);

      connection.abort();
      connection.close();
      connection.shutdownOutput();
      connection.pauseReading();
      connection.resumeReading();
      connection.execute(() -> ran.complete(true));
      connection.schedule(java.time.Duration.ZERO, () -> ran.complete(true));
      assertThat(connection.send("x")).isFalse();
      assertThat(connection.send(Message.of("x"))).isFalse();
      assertThat(connection.isOpen()).isFalse();
      assertThat(connection.isWritable()).isFalse();
      assertThat(connection.outboxBytes()).isZero();
      assertThat(connection.remoteAddress()).isNotNull();
      assertThat(((java.net.InetSocketAddress) connection.localAddress()).getPort())
          .as("its local address, asked for before")
          .isEqualTo(port);
      try (Client next = new Client(server.port())) {
        assertThat(next.ask("others are well")).isEqualTo("others are well");
      }
      assertThat(ran).isNotDone();
    }
  }
}
