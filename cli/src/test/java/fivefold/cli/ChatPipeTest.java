package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chat's client without a terminal: lines in, lines out. */
class ChatPipeTest {
  @ParameterizedTest
  @ValueSource(strings = {"poll", "select", "epoll"})
  void linesGoInAndComeOut(String model) throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "chat", "--port", "0", "--history", "none");
        Fivefold chat = Fivefold.start("chat", address(serve), "--model", model)) {
      write(chat, "hello\n/nick ann\n你好");
      assertThat(chat.output())
          .matches("(?s)\\S+ \\S+ 127[^\n]+\nhello\n\\* you are now ann\n\\S+ \\S+ ann\n你好");
      assertThat(chat.exitCode()).isZero();
    }
  }

  @Test
  void aLargePipeWaitsForTheServerAndLosesNothing() throws Exception {
    String lines =
        IntStream.range(0, 50_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0", "--reply", "same");
        Fivefold chat = Fivefold.start("chat", address(serve))) {
      Thread.ofVirtual().start(() -> write(chat, lines));
      assertThat(chat.output()).isEqualTo(lines);
      assertThat(chat.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sesame", ""})
  void tellsThePasswordOnlyWhereThereIsOne(String onServer) throws Exception {
    String[] command = {"serve", "chat", "--port", "0", "--history", "none"};
    if (!onServer.isEmpty()) {
      command = (String.join(" ", command) + " --password " + onServer).split(" ");
    }
    try (Fivefold serve = Fivefold.start(command);
        Fivefold chat =
            Fivefold.start("chat", address(serve), "--password", "sesame", "--nick", "ann")) {
      write(chat, "hello\n");
      assertThat(chat.output())
          .doesNotContain("sesame")
          .contains("* you are now ann")
          .matches("(?s).*\\S+ \\S+ ann\nhello");
      assertThat(chat.exitCode()).isZero();
    }
  }

  @Test
  void speaksTls() throws Exception {
    try (Fivefold serve =
        Fivefold.start("serve", "chat", "--port", "0", "--history", "none", "--tls-self-signed")) {
      String server = address(serve);
      try (Fivefold chat = Fivefold.start("chat", server, "--tls", "--insecure")) {
        write(chat, "hello\n");
        assertThat(chat.output()).endsWith("\nhello");
        assertThat(chat.exitCode()).isZero();
      }
      try (Fivefold mistrusting = Fivefold.start("chat", server, "--tls")) {
        assertThat(mistrusting.errors())
            .startsWith("fivefold: chat: no connection to " + server)
            .endsWith("; name its authority with --ca FILE, or try with --insecure\n");
        assertThat(mistrusting.exitCode()).isEqualTo(1);
      }
    }
  }

  @Test
  void aServerThatEndsFirstIsOneLineAndExitCode1() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Fivefold chat = Fivefold.start("chat", "127.0.0.1:" + listener.getLocalPort())) {
      try (Socket accepted = listener.accept()) {
        accepted.getOutputStream().write("bye\n".getBytes(UTF_8));
      }
      assertThat(chat.output()).isEqualTo("bye");
      assertThat(chat.exitCode()).isEqualTo(1);
      assertThat(chat.errors()).contains(" has ended: the peer closed\n");
      assertThat(chat.errors().lines()).hasSize(1);
    }
  }

  @Test
  void aSignalEndsIt() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Fivefold chat = Fivefold.start("chat", "127.0.0.1:" + listener.getLocalPort());
        Socket accepted = listener.accept()) {
      accepted.getOutputStream().write("hello\n".getBytes(UTF_8));
      assertThat(chat.line()).isEqualTo("hello");
      chat.signal("TERM");
      assertThat(chat.exitCode()).isEqualTo(143);
      assertThat(chat.errors()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat | missing required parameter",
        "chat localhost | has no port",
        "chat localhost:1 --model thread | expected one of poll, select, epoll",
        "chat localhost:1 --insecure | add --tls",
        "chat localhost:1 --password a --password-file b | expected one of them"
      })
  void saysWhatIsWrong(String words, String expected) throws Exception {
    Captured run = Captured.run(words.split(" "));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errors()).contains(expected).doesNotContain("\tat ");
  }

  private static String address(Fivefold serve) throws IOException {
    return "127.0.0.1:" + serve.port();
  }

  private static void write(Fivefold program, String text) {
    try (OutputStream input = program.input()) {
      input.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
