package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The program on a pseudo terminal of 100 columns and 30 rows, which script(1) makes. */
final class OnTerminal implements AutoCloseable {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final int TIMEOUT_SECONDS = 30;

  private final Process process;
  private final StringBuilder shown = new StringBuilder();

  OnTerminal(String... args) throws IOException {
    this("exec " + Fivefold.shellCommand(args));
  }

  /** A shell's command on a terminal. */
  static OnTerminal shell(String command) throws IOException {
    return new OnTerminal(command);
  }

  private OnTerminal(String shellCommand) throws IOException {
    String command = "stty cols 100 rows 30; " + shellCommand;
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), "-qefc", command, "/dev/null");
    builder.environment().put("TERM", "xterm");
    process = builder.redirectErrorStream(true).start();
    Fivefold.endInTime(process);
  }

  static void needsScript() {
    assumeTrue(Files.isExecutable(SCRIPT), "no script(1) of util-linux here");
  }

  /** The window gets another size, as when somebody drags its corner. */
  void resize(int columns, int rows) throws IOException, InterruptedException {
    Path device = Path.of("/proc", Long.toString(program().pid()), "fd", "0").toRealPath();
    String size = "stty -F " + device + " cols " + columns + " rows " + rows;
    assertThat(new ProcessBuilder("sh", "-c", size).start().waitFor()).isZero();
  }

  void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(program().pid());
    new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
  }

  private ProcessHandle program() {
    return process
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow();
  }

  void type(String keys) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write(keys.getBytes(UTF_8));
    keyboard.flush();
  }

  /** Waits until this is on the screen, after what was expected before. */
  void expect(String text) throws IOException {
    upTo(text);
  }

  /** The same; what stands before it. */
  String upTo(String text) throws IOException {
    while (shown.indexOf(text) < 0) {
      int next = process.getInputStream().read();
      assertThat(next).as("%s is shown; so far: %s", text, shown).isNotEqualTo(-1);
      shown.append((char) next);
    }
    String before = shown.substring(0, shown.indexOf(text));
    shown.delete(0, before.length() + text.length());
    return before;
  }

  int exitCode() throws InterruptedException {
    Thread.ofVirtual().start(this::readOn);
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private void readOn() {
    try {
      process.getInputStream().readAllBytes();
    } catch (IOException closed) {
      // The end.
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
