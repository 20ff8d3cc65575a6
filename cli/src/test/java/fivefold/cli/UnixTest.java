package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unix sockets from the command line. */
class UnixTest {
  @TempDir Path directory;

  private Path path() {
    return directory.resolve("echo.sock");
  }

  private Fivefold serve(String... more) throws Exception {
    String[] words = {"serve", "echo", "--unix", path().toString()};
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return Fivefold.start(all);
  }

  private byte[] piped(byte[] input) throws Exception {
    try (Fivefold connect = Fivefold.start("connect", "unix:" + path())) {
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try (OutputStream out = connect.input()) {
                  out.write(input);
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      byte[] output = connect.outputBytes();
      writer.join();
      assertThat(connect.exitCode()).isZero();
      return output;
    }
  }

  @Test
  void servesAndIsCalledAndLeavesNoFile() throws Exception {
    byte[] sent = new byte[3_000_000];
    new Random(1).nextBytes(sent);
    try (Fivefold serve = serve("--model", "virtual", "--reply", "same", "--unix-mode", "0660")) {
      assertThat(serve.line()).isEqualTo("echo: listening on unix:" + path() + ", model virtual");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
          .isEqualTo("rw-rw----");
      assertThat(Arrays.equals(piped(sent), sent)).isTrue();
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
    }
    assertThat(path()).doesNotExist();
  }

  @Test
  void tellsTheTime() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "time", "--unix", path().toString())) {
      assertThat(serve.line()).startsWith("time: listening on unix:" + path() + ", model ");
      try (Fivefold time = Fivefold.start("time", "unix:" + path())) {
        assertThat(time.line()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6}");
        assertThat(time.exitCode()).isZero();
      }
    }
  }

  @Test
  void theSocketOfAKilledServerIsTakenOver() throws Exception {
    try (Fivefold killed = serve()) {
      killed.line();
      killed.signal("KILL");
      assertThat(killed.exitCode()).isEqualTo(128 + 9);
    }
    assertThat(path()).exists();
    assertThat(Captured.run("connect", "unix:" + path()).errors())
        .isEqualTo(
            "fivefold: connect: cannot connect to unix:"
                + path()
                + ": nobody listens on it any more; start a server there\n");
    try (Fivefold serve = serve()) {
      serve.line();
      assertThat(new String(piped("hello".getBytes(UTF_8)), UTF_8)).isEqualTo("HELLO");
      Captured second = Captured.run("serve", "echo", "--unix", path().toString());
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.errors())
          .endsWith(
              "fivefold: serve: cannot listen on unix:"
                  + path()
                  + ": it is in use; stop the other server or choose another\n");
    }
  }

  @Test
  void whatCannotBeIsOneLine() throws Exception {
    Captured missing = Captured.run("connect", "unix:" + directory.resolve("none"));
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.errors()).contains("there is no such file; start a server there");
    Captured named = Captured.run("serve", "echo", "--unix", "@x", "--model", "nio");
    assertThat(named.exitCode()).isEqualTo(1);
    assertThat(named.errors()).contains("knows no abstract names such as @x; give a path");
    Captured process =
        Captured.run("serve", "echo", "--unix", path().toString(), "--model", "process");
    assertThat(process.errors()).contains("it does not serve Unix sockets; choose another model");
    Files.writeString(path(), "precious");
    assertThat(Captured.run("serve", "echo", "--unix", path().toString()).errors())
        .contains("a file that is no socket is there; choose another path");
    assertThat(path()).hasContent("precious");
  }
}
