package fivefold.services.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fivefold.net.IoModel;
import fivefold.net.ModelUnavailableException;
import fivefold.net.Server;
import fivefold.services.Services;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class DeskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<String> shown = new CopyOnWriteArrayList<>();
  private final Desk desk = new Desk(shown::add);

  static Stream<IoModel> models() {
    return IoModel.all().stream()
        .filter(IoModel::sharesMemory)
        .filter(model -> model.availability().isAvailable());
  }

  @ParameterizedTest
  @MethodSource("models")
  void severalClientsAreAnsweredInAnyOrderAndNoneHoldsUpAnother(IoModel model) throws Exception {
    try (Server server = start(model);
        Socket one = connect(server);
        Socket two = connect(server)) {
      say(one, "from one");
      awaitShown("#\\d+ 127.0.0.1:" + one.getLocalPort() + ": from one");
      say(two, "from two");
      awaitShown("#\\d+ 127.0.0.1:" + two.getLocalPort() + ": from two");
      say(two, "again");
      awaitShown(".*: again");
      assertThat(desk.clients()).hasSize(2).allMatch(line -> line.endsWith("  waits"));

      assertThat(desk.answer("@" + number(two) + " first to two")).startsWith("to #");
      assertThat(line(two)).isEqualTo("first to two");
      assertThat(desk.answer("to who waits")).endsWith(":" + one.getLocalPort());
      assertThat(line(one)).isEqualTo("to who waits");
      assertThat(desk.answer("hm")).startsWith("nobody waits for an answer");
      assertThat(desk.answer("@99 hm")).isEqualTo("there is no client 99");
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void exitEndsAClientAtAnyTime(IoModel model) throws Exception {
    try (Server server = start(model);
        Socket one = connect(server);
        Socket two = connect(server)) {
      say(one, "a question\nexit");
      assertThat(one.getInputStream().read()).isEqualTo(-1);
      awaitShown(".*: a question");
      say(two, "still here");
      awaitShown(".*: still here");
      await().atMost(PATIENCE).until(() -> desk.clients().size() == 1);
      assertThat(desk.answer("good")).endsWith(":" + two.getLocalPort());
      assertThat(line(two)).isEqualTo("good");
    }
    await().atMost(PATIENCE).until(() -> desk.clients().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("models")
  void aClientWithoutAnAnswerDoesNotDelayTheStop(IoModel model) throws Exception {
    try (Server server = start(model);
        Socket socket = connect(server)) {
      say(socket, "hello");
      awaitShown(".*: hello");
      assertThat(server.stop(PATIENCE).aborted()).isZero();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void showsNoEscapesOfATerminal() throws Exception {
    try (Server server = start(IoModel.NIO);
        Socket socket = connect(server)) {
      say(socket, "\u001b[2J");
      awaitShown(".*: ␛\\[2J");
    }
  }

  @Test
  void isRefusedWhereProcessesShareNothing() {
    if (IoModel.PROCESS.availability().isAvailable()) {
      assertThatThrownBy(() ->
              Server.tcp(0, Services.named("operator").named()).model(IoModel.PROCESS).start())
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContaining("share the operator who answers them");
    }
  }

  private Server start(IoModel model) throws IOException {
    return Server.tcp(0, desk.handlers()).model(model).start();
  }

  private static Socket connect(Server server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String line(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c != '\n'; c = socket.getInputStream().read()) {
      assertThat(c).as("after '%s'", line).isNotNegative();
      line.append((char) c);
    }
    return line.toString();
  }

  private String number(Socket socket) {
    return desk.clients().stream()
        .filter(line -> line.contains(":" + socket.getLocalPort()))
        .findFirst()
        .orElseThrow()
        .replaceFirst("#(\\d+) .*", "$1");
  }

  private void awaitShown(String pattern) {
    await().atMost(PATIENCE).until(() -> shown.stream().anyMatch(line -> line.matches(pattern)));
  }
}
