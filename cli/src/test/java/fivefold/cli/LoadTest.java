package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The load as a user makes it, on servers of this build. */
@Timeout(120)
class LoadTest {
  private static final String[] SHORT = {"--duration=200ms", "--warmup=50ms", "--connections=4"};

  private record Outcome(int exitCode, String output, String errors) {}

  private static Outcome load(String address, String... flags) throws Exception {
    String[] words = new String[SHORT.length + flags.length + 2];
    words[0] = "load";
    words[1] = address;
    System.arraycopy(SHORT, 0, words, 2, SHORT.length);
    System.arraycopy(flags, 0, words, 2 + SHORT.length, flags.length);
    try (Fivefold load = Fivefold.start(words)) {
      String output = load.output();
      return new Outcome(load.exitCode(), output, load.errors());
    }
  }

  @Test
  void aGoodServerIsTold() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0")) {
      Outcome outcome = load("127.0.0.1:" + serve.port(), "--protocol=upper", "--pipeline=3");
      assertThat(outcome.errors()).isEmpty();
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.output())
          .containsPattern("(?m)^requests/s +[1-9]")
          .containsPattern("(?m)^latency us +p50 .* p99\\.9 .* max ")
          .contains("none; every reply was compared byte for byte")
          .containsPattern("(?m)^generator +0\\.\\d+|1\\.\\d+ of a core");
    }
  }

  @Test
  void anOpenLoopTellsHowLateItWas() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--reply", "same", "--port", "0")) {
      Outcome outcome = load("127.0.0.1:" + serve.port(), "--rate=200");
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.output())
          .containsPattern("(?m)^generator +began requests at most .* late");
    }
  }

  @Test
  void aRateThatIsNotAnsweredIsAnOverload() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--reply", "same", "--port", "0")) {
      Outcome outcome = load("127.0.0.1:" + serve.port(), "--rate=100000000");
      assertThat(outcome.exitCode()).isZero();
      assertThat(outcome.output())
          .containsPattern("(?m)^overload +[0-9,]+ requests .* 100,000,000");
    }
  }

  @Test
  void aTraceHasARowForEachConnection(@TempDir Path folder) throws Exception {
    Path trace = folder.resolve("requests.json");
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0")) {
      Outcome outcome = load("127.0.0.1:" + serve.port(), "--protocol=upper", "--trace=" + trace);
      assertThat(outcome.errors()).isEmpty();
      assertThat(outcome.output()).contains("trace        " + trace);
    }
    assertThat(Files.readString(trace))
        .startsWith("{\"displayTimeUnit\":\"ns\"")
        .contains("\"name\":\"load generator\"", "\"name\":\"connection 3\"")
        .contains("\"name\":\"request\",\"ph\":\"X\"");
    assertThat(Main.run("load", "localhost:1", "--trace=" + folder)).isEqualTo(2);
  }

  @Test
  void aWrongReplyIsExitCodeOneAndAHint() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--port", "0")) {
      Outcome outcome = load("127.0.0.1:" + serve.port());
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.output()).contains("replies wrong", "needs --protocol upper");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aUnixSocketIsDriven(@TempDir Path folder) throws Exception {
    String path = folder.resolve("echo.sock").toString();
    try (Fivefold serve = Fivefold.start("serve", "echo", "--unix", path)) {
      serve.line();
      Outcome outcome = load("unix:" + path, "--protocol=upper");
      assertThat(outcome.errors()).isEmpty();
      assertThat(outcome.exitCode()).isZero();
    }
  }

  @Test
  void datagramsAreCountedOneByOne() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--udp", "--port", "0")) {
      Outcome outcome = load("127.0.0.1:" + serve.port(), "--udp", "--protocol=upper");
      assertThat(outcome.output()).contains("compared byte for byte");
      assertThat(outcome.exitCode()).isZero();
    }
  }

  @Test
  void aPortWithoutAServerIsOneLine() throws Exception {
    Outcome outcome = load("127.0.0.1:" + freePort());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.errors()).contains("answered nothing", "refused").containsOnlyOnce("\n");
  }

  @Test
  void badUsageIsTwo() {
    assertThat(Main.run("load")).isEqualTo(2);
    assertThat(Main.run("load", "localhost")).isEqualTo(2);
    assertThat(Main.run("load", "localhost:1", "--protocol=nonsense")).isEqualTo(2);
    assertThat(Main.run("load", "localhost:1", "--rate=0")).isEqualTo(2);
    assertThat(Main.run("load", "localhost:1", "--duration=1ms")).isEqualTo(2);
    assertThat(Main.run("load", "localhost:1", "--path=/")).isEqualTo(2);
    assertThat(Main.run("load", "localhost:1", "--protocol=http", "--size=1")).isEqualTo(2);
    assertThat(Main.run("load", "localhost:1", "--protocol=http", "--path=x")).isEqualTo(2);
    assertThat(Main.run("load", "localhost:1", "--udp", "--protocol=line")).isEqualTo(2);
    assertThat(Main.run("load", "localhost:1", "--udp", "--size=7")).isEqualTo(2);
    assertThat(Main.run("load", "unix:/x", "--udp")).isEqualTo(2);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
