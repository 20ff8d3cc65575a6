package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program in a process of its own, as a user starts it. Ends with the test. */
final class Fivefold implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 30;
  private static final int LIMIT_SECONDS = 120;

  private final Process process;
  private final BufferedReader out;
  // Read as it comes, by a thread of its own: a full pipe would stop the program.
  private final CompletableFuture<String> errors = new CompletableFuture<>();

  private Fivefold(Process process) {
    this.process = process;
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    endInTime(process);
    Thread.ofPlatform().daemon().start(() -> errors.complete(readAll(process)));
  }

  /** A program that hangs, or says nothing, ends its test with an end of file. */
  static void endInTime(Process process) {
    CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS)
        .execute(() -> {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        });
  }

  static Fivefold start(String... args) throws IOException {
    return startBy(List.of(), args);
  }

  /** Started by another program, which is given the command at the end of its own words. */
  static Fivefold startBy(List<String> starter, String... args) throws IOException {
    List<String> command = new ArrayList<>(starter);
    command.addAll(java());
    command.addAll(List.of(args));
    return new Fivefold(new ProcessBuilder(command).start());
  }

  /** What a shell needs to start the program. */
  static String shellCommand(String... args) {
    return Stream.concat(java().stream(), Stream.of(args))
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
  }

  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=fivefold.sys",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx128m",
        "-p",
        System.getProperty("jdk.module.path"),
        // What automatic modules need is there under Surefire; users have all on the module path.
        "-cp",
        System.getProperty("java.class.path"),
        "-m",
        "fivefold.cli/fivefold.cli.Main");
  }

  /** Waits for the line that says it listens, and takes the port from it. */
  int port() throws IOException {
    String line = line();
    assertThat(line).matches("\\w+: listening on (tcp|udp) .*:\\d+, model .*");
    return Integer.parseInt(line.replaceFirst(".*:(\\d+), model.*", "$1"));
  }

  String line() throws IOException {
    String line = out.readLine();
    assertThat(line)
        .as("a line on stdout; stderr: %s", line == null ? errors.join() : "")
        .isNotNull();
    return line;
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  /** All the rest of stdout; returns when the process closes it. */
  String output() throws IOException {
    return out.lines().collect(Collectors.joining("\n"));
  }

  byte[] outputBytes() throws IOException {
    return process.getInputStream().readAllBytes();
  }

  /** All of stderr; returns when the process has ended. */
  String errors() {
    return errors.join();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() throws InterruptedException {
    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).as("ends by itself").isTrue();
    return process.exitValue();
  }

  private static String readAll(Process process) {
    try {
      return new String(process.getErrorStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
