package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program on a pseudo terminal, which script(1) of util-linux makes. */
class TerminalTest {
  private static final int TIMEOUT_SECONDS = 30;

  @BeforeEach
  void needsScript() {
    OnTerminal.needsScript();
  }

  @Test
  void aServerHasAConsoleWithAPrompt() throws Exception {
    try (OnTerminal serve = new OnTerminal("serve", "echo", "--port", "0")) {
      serve.expect("listening on tcp 127.0.0.1:");
      serve.expect("fivefold> ");
      serve.type("stats\r");
      serve.expect("bytes received       0");
      serve.type("nonsense\r");
      serve.expect("unknown command 'nonsense'");
      serve.type("quit\r");
      serve.expect("stopped: 0 drained");
      assertThat(serve.exitCode()).isZero();
    }
  }

  @Test
  void anOperatorAnswersAtAPrompt() throws Exception {
    try (OnTerminal serve = new OnTerminal("serve", "operator", "--port", "0")) {
      serve.expect("listening on tcp 127.0.0.1:");
      int port = Integer.parseInt(serve.upTo(", model"));
      serve.expect("answer> ");
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setSoTimeout(TIMEOUT_SECONDS * 1_000);
        client.getOutputStream().write("anybody there?".getBytes(UTF_8));
        serve.expect(": anybody there?");
        serve.type("I am\r");
        assertThat(client.getInputStream().readNBytes(5)).isEqualTo("I am\n".getBytes(UTF_8));
        serve.type("/connections\r");
        serve.expect("connections: 1");
      }
      serve.type("/quit\r");
      assertThat(serve.exitCode()).isZero();
    }
  }

  @Test
  void aServerStopsInOrderOnControlC() throws Exception {
    try (OnTerminal serve = new OnTerminal("serve", "echo", "--port", "0")) {
      serve.expect("fivefold> ");
      serve.type("\u0003");
      serve.expect("stopped: 0 drained");
      assertThat(serve.exitCode()).isZero();
    }
  }

  @Test
  void theClientPromptsSkipsEmptyLinesAndShowsAnswers() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0");
        OnTerminal connect = new OnTerminal("connect", "127.0.0.1:" + serve.port())) {
      connect.expect(">>: ");
      connect.type("\r");
      connect.type("hello!\r");
      connect.expect("HELLO!");
      connect.type("\u0004");
      assertThat(connect.exitCode()).isZero();
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
    }
  }

  @Test
  void theClientEndsWhenTheServerDoes() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0");
        OnTerminal connect = new OnTerminal("connect", "127.0.0.1:" + serve.port())) {
      connect.expect(">>: ");
      serve.signal("TERM");
      connect.expect("the server closed the connection");
      assertThat(connect.exitCode()).isZero();
    }
  }
}
