package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.net.IoModel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class ServeTest {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int SIGTERM_EXIT = 128 + 15;

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void echoesOnTheModelThatWasNamedAndStopsInOrderOnSigterm(IoModel model) throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0", "--model", model.word())) {
      String line = serve.line();
      assertThat(line).startsWith("echo: listening on tcp 127.0.0.1:").endsWith(", model " + model);
      int port = Integer.parseInt(line.replaceFirst(".*:(\\d+),.*", "$1"));
      try (Socket socket = connect(port)) {
        socket.getOutputStream().write("hello".getBytes(UTF_8));
        assertThat(socket.getInputStream().readNBytes(5)).isEqualTo("HELLO".getBytes(UTF_8));
        serve.signal("TERM");
        assertThat(socket.getInputStream().read())
            .as("the server ends the connection")
            .isEqualTo(-1);
      }
      assertThat(serve.exitCode()).isZero();
      assertThat(serve.output()).as("one line on stdout, no more").isEmpty();
      assertThat(serve.errors()).contains("stopped: 1 drained, 0 aborted, 0 bytes lost");
    }
  }

  @Test
  void tellsTheTimeInSixDigits() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "time", "--port", "0");
        Fivefold time = Fivefold.start("time", "localhost:" + serve.port())) {
      assertThat(time.line()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
      assertThat(time.exitCode()).isZero();
    }
  }

  @Test
  void showsMetricsToThisMachine() throws Exception {
    int port = freePort();
    try (Fivefold serve =
            Fivefold.start(
                "serve", "echo", "--port", "0", "--model", "nio", "--metrics", "" + port);
        Socket socket = connect(serve.port())) {
      socket.getOutputStream().write("hello".getBytes(UTF_8));
      socket.getInputStream().readNBytes(5);
      String page;
      try (var content = URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
        page = new String(content.readAllBytes(), UTF_8);
      }
      assertThat(page.lines())
          .contains("fivefold_received_bytes_total{model=\"nio\",service=\"echo\"} 5.0");
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void stopsInOrderOnSigint() throws Exception {
    try (Fivefold serve = Fivefold.startBy(hearingSigint(), "serve", "echo", "--port", "0")) {
      serve.port();
      serve.signal("INT");
      assertThat(serve.exitCode()).isZero();
    }
  }

  /**
   * A shell without job control starts what runs in the background with SIGINT ignored, this is
   * inherited (POSIX, "Signals and Error Handling"), and a JVM leaves it so.
   */
  private static List<String> hearingSigint() throws IOException {
    Path status = Path.of("/proc/self/status");
    boolean ignored =
        Files.exists(status)
            && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    return ignored ? List.of("env", "--default-signal=INT") : List.of();
  }

  /** The peer does not read what waits for it, so draining would take a minute. */
  @Test
  void endsAtOnceOnASecondSignal() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0", "--drain", "1m");
        Socket deaf = connect(serve.port())) {
      sendUntilNothingMoves(deaf);
      serve.signal("TERM");
      awaitRefusal(deaf.getPort());
      assertThat(serve.isAlive()).isTrue();
      serve.signal("TERM");
      assertThat(serve.exitCode()).isEqualTo(SIGTERM_EXIT);
    }
  }

  @Test
  void abortsAtTheEndOfTheDrainTimeAndReportsWhatWasLost() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0", "--drain", "100ms");
        Socket deaf = connect(serve.port())) {
      sendUntilNothingMoves(deaf);
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
      assertThat(serve.errors()).containsPattern("stopped: 0 drained, 1 aborted, [1-9]\\d* bytes");
    }
  }

  @Test
  void choosesTheBestModelWhenNoneIsNamedAndNamesIt() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0")) {
      String best = IoModel.EPOLL.availability().isAvailable() ? "epoll" : "nio";
      assertThat(serve.line()).endsWith(", model " + best);
    }
  }

  @Test
  void tellsOfEachConnectionAtDebugLevel() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0", "--log-level", "debug")) {
      connect(serve.port()).close();
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
      assertThat(serve.errors()).contains("INFO fivefold.serve: bound: echo", "DEBUG", "opened #1");
    }
  }

  @Test
  void aPortInUseIsOneLineAndExitCode1() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Fivefold serve =
            Fivefold.start("serve", "echo", "--port", Integer.toString(taken.getLocalPort()))) {
      assertThat(serve.exitCode()).isEqualTo(1);
      assertThat(serve.errors())
          .isEqualTo(
              "fivefold: serve: cannot listen on localhost:"
                  + taken.getLocalPort()
                  + ": the port is in use; stop the other server or choose another port\n");
    }
  }

  @Test
  void anUnknownHostIsOneLineAndExitCode1() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--host", "no.such.host.invalid")) {
      assertThat(serve.exitCode()).isEqualTo(1);
      assertThat(serve.errors().lines()).hasSize(1);
      assertThat(serve.errors()).contains("host 'no.such.host.invalid' is not known");
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static void sendUntilNothingMoves(Socket socket) {
    byte[] chunk = new byte[1 << 16];
    Arrays.fill(chunk, (byte) 'x');
    long[] sent = {0};
    Thread.ofVirtual()
        .start(() -> {
          try {
            OutputStream out = socket.getOutputStream();
            while (true) {
              out.write(chunk);
              sent[0]++;
            }
          } catch (IOException theServerIsGone) {
            // The end of the test.
          }
        });
    long[] before = {-1};
    await()
        .pollInterval(java.time.Duration.ofMillis(300))
        .until(() -> {
          boolean still = sent[0] > 0 && sent[0] == before[0];
          before[0] = sent[0];
          return still;
        });
  }

  private static void awaitRefusal(int port) {
    await()
        .until(() -> {
          try {
            connect(port).close();
            return false;
          } catch (SocketException refused) {
            return true;
          }
        });
  }
}
