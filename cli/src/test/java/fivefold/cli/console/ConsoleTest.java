package fivefold.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.services.Services;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private Server server;

  @BeforeEach
  void start() throws Exception {
    server = Server.tcp(0, Services.named("echo").streamHandlers()).model(IoModel.NIO).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsTheConnections() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      await().until(() -> server.connections().size() == 1);
      assertThat(typed("connections"))
          .isEqualTo("#1 127.0.0.1:" + socket.getLocalPort() + "\nconnections: 1\n");
    }
  }

  @Test
  void listsWhatThePollerWatches() {
    assertThat(typed("registered")).containsPattern("\\d+ read +\\S").endsWith("registered: 1\n");
  }

  @Test
  void saysThatABlockingModelHasNoPoller() throws Exception {
    try (Server virtual =
        Server.tcp(0, Services.named("echo").streamHandlers()).model(IoModel.VIRTUAL).start()) {
      StringWriter text = new StringWriter();
      new Console(virtual).run("registered", new PrintWriter(text));
      assertThat(text).hasToString("registered: nothing; the model virtual has no poller\n");
    }
  }

  @Test
  void listsTheThreads() {
    assertThat(typed("threads")).contains("fivefold-nio-0").contains("threads: ");
  }

  @Test
  void counts() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(new byte[1234]);
      socket.getInputStream().readNBytes(1234);
      // A peer can have its reply before the loop has counted it.
      await()
          .untilAsserted(() ->
              assertThat(typed("stats"))
                  .containsPattern("open +1\n")
                  .containsPattern("accepted +1\n")
                  .containsPattern("bytes received +1,234\n")
                  .containsPattern("bytes sent +1,234\n"));
    }
  }

  @Test
  void explainsItsCommands() {
    assertThat(typed("help")).contains("quit", "connections", "registered", "threads", "stats");
    assertThat(typed("what")).isEqualTo("unknown command 'what'; type 'help'\n");
  }

  @Test
  void goesOnAfterEveryCommandButQuit() {
    PrintWriter out = new PrintWriter(new StringWriter());
    Console console = new Console(server);
    assertThat(console.run("", out)).isTrue();
    assertThat(console.run("nonsense", out)).isTrue();
    assertThat(console.run(" STATS ", out)).isTrue();
    assertThat(console.run("quit", out)).isFalse();
  }

  @Test
  void runsWhatTheServiceAdds() {
    StringWriter text = new StringWriter();
    Console console =
        new Console(
            server,
            List.of(
                new ConsoleAction(
                    "say", "TEXT", "speaks", (words, out) -> out.println("<" + words)),
                new ConsoleAction("stats", "", "more", (_, out) -> out.println("and more")),
                new ConsoleAction(
                    "fail",
                    "",
                    "fails",
                    (_, _) -> {
                      throw new IllegalStateException("so it is");
                    })),
            null);
    PrintWriter out = new PrintWriter(text);
    console.run("SAY  Hello there", out);
    assertThat(text).hasToString("<Hello there\n");
    console.run("stats", out);
    assertThat(text.toString()).contains("open ").endsWith("and more\n");
    console.run("fail", out);
    assertThat(text.toString()).endsWith("fail failed: so it is\n");
    console.run("help", out);
    assertThat(text.toString()).contains("quit ").contains("say TEXT");
    console.run("stats now", out);
    assertThat(console.run("quit now", out)).isTrue();
    assertThat(text.toString()).endsWith("unknown command 'quit now'; type 'help'\n");
  }

  private String typed(String line) {
    StringWriter text = new StringWriter();
    new Console(server).run(line, new PrintWriter(text));
    return text.toString();
  }
}
