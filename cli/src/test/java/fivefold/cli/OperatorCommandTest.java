package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorCommandTest {
  private static final int PATIENCE_MILLIS = 30_000;

  @Test
  void printsWhatComesInAndSendsWhatIsTyped() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "operator", "--port", "0")) {
      int port = serve.port();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setSoTimeout(PATIENCE_MILLIS);
        client.getOutputStream().write("你好".getBytes(UTF_8));
        assertThat(serve.line()).isEqualTo("#1 127.0.0.1:" + client.getLocalPort() + ": 你好");
        type(serve, "good morning");
        assertThat(serve.line()).isEqualTo("* to #1 127.0.0.1:" + client.getLocalPort());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        assertThat(in.readLine()).isEqualTo("good morning");
        client.getOutputStream().write("exit".getBytes(UTF_8));
        assertThat(in.readLine()).isNull();
      }
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve operator --port 0 --udp                  | 2 | leave out --udp
          serve operator --port 0 --style callback       | 2 | leave out --style
          serve operator --port 0 --model process        | 1 | share the operator who answers them
          """)
  void whatCannotBeIsOneLine(String command, int exitCode, String words) {
    Captured run = Captured.run(command.strip().split(" ", -1));
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.errors().lines().filter(line -> line.startsWith("fivefold: ")))
        .singleElement()
        .asString()
        .contains(words);
  }

  private static void type(Fivefold serve, String line) throws IOException {
    serve.input().write((line + "\n").getBytes(UTF_8));
    serve.input().flush();
  }
}
