package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebCommandTest {
  private static final int PATIENCE_MILLIS = 30_000;

  @Test
  void theChatsPortIsAPage() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "chat", "--port", "0")) {
      assertThat(get(serve.port())).startsWith("HTTP/1.1 200 OK\r\n").contains("Fivefold chat");
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
    }
  }

  @Test
  void browsersCanHaveAPortOfTheirOwn() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "chat", "--port", "0", "--web", "0")) {
      int lines = serve.port();
      String web = serve.line();
      assertThat(web).matches("web: listening on tcp 127\\.0\\.0\\.1:\\d+, model .*");
      int port = Integer.parseInt(web.replaceAll(".*:(\\d+), .*", "$1"));
      assertThat(get(port)).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(get(lines)).as("there it is what somebody says").contains("GET / HTTP/1.1");
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "serve chat --web x | --web is 'x'; expected a port from 0 to 65535, or none",
        "serve chat --web 70000 | --web is '70000'; expected a port from 0 to 65535, or none",
        "serve chat --port 0 --web-origin evil | 'evil' is no origin; expected http://HOST",
        "serve chat --web none --web-origin http://a | leave out one of them",
        "serve echo --web 1 | --web... are for the service chat; leave them out"
      })
  void saysWhatIsWrong(String command, String message) {
    Captured run = Captured.run(command.strip().split(" ", -1));
    assertThat(run.errors()).contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  /** All that comes back; the client's end ends it. */
  private static String get(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
