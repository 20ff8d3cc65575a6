package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatCommandTest {
  private static final int PATIENCE_MILLIS = 30_000;

  @TempDir Path folder;

  private String history() {
    return folder.resolve("chat.mv").toString();
  }

  /** Two of them talk; each is a process of its own, and none of ours. */
  @Test
  void ncIsAClient() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/nc")), "no nc here");
    try (Fivefold serve = Fivefold.start("serve", "chat", "--port", "0")) {
      String port = Integer.toString(serve.port());
      try (Nc one = new Nc(port);
          Nc two = new Nc(port)) {
        two.say("/nick Two");
        assertThat(two.line()).isEqualTo("* you are now Two");
        one.say("hello");
        for (Nc each : List.of(one, two)) {
          String head = each.line();
          if (head != null && head.endsWith(" is here")) {
            // The first nc may have come when the second had spoken already.
            head = each.line();
          }
          assertThat(head).matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d 127.0.0.1:\\d+");
          assertThat(each.line()).isEqualTo("hello");
        }
        one.say("quit");
        assertThat(two.line()).matches("\\* 127.0.0.1:\\d+ has left");
        one.end();
        assertThat(one.line()).isNull();
      }
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
    }
  }

  private static final class Nc implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    Nc(String port) throws IOException {
      process = new ProcessBuilder("nc", "127.0.0.1", port).redirectErrorStream(true).start();
      Fivefold.endInTime(process);
      out = process.inputReader(UTF_8);
    }

    void say(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    }

    /** Some kinds of nc wait for this even when the server has ended. */
    void end() throws IOException {
      process.getOutputStream().close();
    }

    String line() throws IOException {
      return out.readLine();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /**
   * Several talk as fast as they are answered until the server is killed in the midst of it. What
   * any of them has heard by then is in the history that the next server opens, once, in that
   * order.
   */
  @Test
  void whatWasDeliveredIsThereAfterKill9() throws Exception {
    int talkers = 3;
    List<Talker> all = new ArrayList<>();
    try (Fivefold serve = serve("--rate", "0")) {
      int port = serve.port();
      for (int i = 0; i < talkers; i++) {
        all.add(new Talker(connect(port), "t" + i + "-"));
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> all.stream().allMatch(each -> each.heard.size() > 1_000));
      serve.signal("KILL");
      for (Talker each : all) {
        each.thread.join();
        each.socket.close();
      }
    }
    try (Fivefold serve = serve("--rate", "0");
        Socket socket = connect(serve.port())) {
      BufferedReader in = reader(socket);
      for (Talker each : all) {
        for (String text : each.heard.subList(each.heard.size() - 30, each.heard.size())) {
          say(socket, "/search " + text);
          assertThat(texts(in)).containsExactly(text);
        }
        assertThat(each.heard).doesNotHaveDuplicates();
      }
      List<String> heard =
          Collections.max(
                  all, (one, other) -> Integer.compare(one.heard.size(), other.heard.size()))
              .heard;
      say(socket, "/history 200");
      say(socket, "/who");
      assertThat(texts(in)).containsSequence(heard.subList(heard.size() - 50, heard.size()));
    }
  }

  private static final class Talker {
    final Socket socket;
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    final Thread thread;

    Talker(Socket socket, String name) {
      this.socket = socket;
      this.thread = Thread.ofPlatform().daemon().start(() -> talk(name));
    }

    private void talk(String name) {
      try {
        BufferedReader in = reader(socket);
        for (int i = 0; ; i++) {
          say(socket, name + i + ".");
          for (String text = ""; !text.equals(name + i + "."); ) {
            text = in.readLine();
            if (text == null) {
              return;
            }
            if (text.endsWith(".")) {
              heard.add(text);
            }
          }
        }
      } catch (IOException theServerWasKilled) {
        // As the test wants it.
      }
    }
  }

  /** What was said, without times and names, up to the first notice. */
  private static List<String> texts(BufferedReader in) throws IOException {
    List<String> texts = new ArrayList<>();
    String line = in.readLine();
    while (!line.startsWith("* ")) {
      if (line.endsWith(".")) {
        texts.add(line);
      }
      line = in.readLine();
    }
    return texts;
  }

  @Test
  void aSecondServerOnTheSameHistoryIsOneLine() throws Exception {
    try (Fivefold first = serve()) {
      first.port();
      try (Fivefold second = serve()) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.errors())
            .isEqualTo(
                "fivefold: serve: cannot keep the history in "
                    + history()
                    + ": another server has it open; stop that, or name another file\n");
      }
    }
  }

  @Test
  void speaksTls() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "chat", "--port", "0", "--tls-self-signed");
        Fivefold connect =
            Fivefold.start("connect", "localhost:" + serve.port(), "--tls", "--insecure")) {
      try (var out = connect.input()) {
        out.write("hello\n".getBytes(UTF_8));
      }
      assertThat(connect.output()).endsWith("\nhello");
    }
  }

  @Test
  void readsThePasswordFromAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "sesame\n");
    try (Fivefold serve =
            Fivefold.start("serve", "chat", "--port", "0", "--password-file", file.toString());
        Socket socket = connect(serve.port())) {
      BufferedReader in = reader(socket);
      assertThat(in.readLine()).startsWith("! this chat has a password");
      say(socket, "sesame");
      assertThat(in.readLine()).isEqualTo("* you are in");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve chat --port 0 --udp                     | leave out --udp
          serve chat --port 0 --style straight-line     | leave out --style
          serve chat --port 0 --history none --history-days 1 | leave out one or the other
          serve chat --port 0 --rate -1                 | expected 0 to 1000000
          serve chat --port 0 --quiet-after 0           | expected 1ms to 1m
          serve chat --port 0 --history-count 0         | expected at least 1
          serve chat --port 0 --password a --password-file b | expected one of them
          serve echo --port 0 --history none            | are for the service chat
          serve echo --port 0 --cluster nats://h        | are for the service chat
          serve chat --port 0 --cluster http://h        | expected nats://HOST:4222
          serve chat --port 0 --cluster-name a          | add --cluster URL
          serve chat --port 0 --cluster nats://h --history none      | leave out one of them
          serve chat --port 0 --cluster nats://h --cluster-lease 0   | expected 1s to 1h
          serve chat --port 0 --cluster nats://h --cluster-user a    | belong together
          """)
  void whatCannotBeIsOneLine(String command, String words) {
    Captured run = Captured.run(command.strip().split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors().lines().filter(line -> line.startsWith("fivefold: ")))
        .singleElement()
        .asString()
        .contains(words);
  }

  @Test
  void processesShareNothing() {
    Captured run = Captured.run("serve", "chat", "--port", "0", "--model", "process");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).contains("share the members of its rooms");
  }

  private Fivefold serve(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("serve", "chat", "--port", "0"));
    words.addAll(List.of("--history", history()));
    words.addAll(List.of(more));
    return Fivefold.start(words.toArray(String[]::new));
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
  }
}
