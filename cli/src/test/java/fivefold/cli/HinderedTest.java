package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.IoModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code models}, {@code doctor} and {@code serve} where something is forbidden or missing. */
@EnabledOnOs(OS.LINUX)
class HinderedTest {
  /** Sets a seccomp(2) filter under which io_uring_setup fails with EPERM, and goes on. */
  private static final String FILTERED =
      """
      import ctypes, os, struct, sys
      libc = ctypes.CDLL(None)
      code = [(0x20, 0, 0, 0), (0x15, 0, 1, 425), (6, 0, 0, 0x50001), (6, 0, 0, 0x7fff0000)]
      program = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *i) for i in code))
      sock_fprog = ctypes.create_string_buffer(
          struct.pack('H6xQ', len(code), ctypes.addressof(program)))
      if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(sock_fprog)):
          sys.exit('no seccomp')
      os.execvp(sys.argv[1], sys.argv[1:])
      """;

  private record Run(int exitCode, String output, String errors) {}

  private static Run run(List<String> starter, String... args) throws Exception {
    try (Fivefold fivefold = Fivefold.startBy(starter, args)) {
      // Lines are broken to fit the width; here it is the words that matter.
      String output = fivefold.output().replaceAll("\\s+", " ");
      return new Run(fivefold.exitCode(), output, fivefold.errors());
    }
  }

  private static List<String> strace(String errno) {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "no strace here");
    return List.of(
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        "trace=io_uring_setup",
        "-e",
        "inject=io_uring_setup:error=" + errno);
  }

  private static List<String> filtered() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no python3 here");
    return List.of("/usr/bin/python3", "-c", FILTERED);
  }

  /** Where io_uring cannot be used anyhow, its own reason is given. */
  private static void needsUring() {
    assumeTrue(IoModel.IO_URING.availability().isAvailable(), "no io_uring here");
  }

  @ParameterizedTest
  @CsvSource({"EPERM,security module", "ENOSYS,this kernel has no io_uring"})
  void anErrorOfSetupIsExplained(String errno, String reason) throws Exception {
    needsUring();
    Run models = run(strace(errno), "models");
    assertThat(models.exitCode()).isZero();
    assertThat(models.output())
        .containsPattern("io_uring asynchronous no yes [^|]* why: [^|]*" + reason);
    Run doctor = run(strace(errno), "doctor");
    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.output()).containsPattern("problem io_uring_setup refused: .*" + reason);
  }

  @Test
  void aSeccompFilterIsNamed() throws Exception {
    needsUring();
    Run models = run(filtered(), "models");
    assertThat(models.exitCode()).isZero();
    assertThat(models.output()).contains("why: forbidden by a seccomp filter");
    Run doctor = run(filtered(), "doctor");
    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.output())
        .contains(
            "note seccomp filtered: a filter is in force",
            "problem io_uring_setup refused: forbidden by a seccomp filter",
            "now: docker run --security-opt seccomp=");
  }

  @Test
  void whatIsRequiredIsNotReplaced() throws Exception {
    needsUring();
    Run serve = run(filtered(), "serve", "echo", "--port", "0", "--require", "io_uring");
    assertThat(serve.exitCode()).isEqualTo(1);
    assertThat(serve.output()).isEmpty();
    assertThat(serve.errors().lines()).hasSize(1);
    assertThat(serve.errors())
        .startsWith(
            "fivefold: serve: no required model is available: io_uring: forbidden by a seccomp"
                + " filter")
        .contains("allow io_uring_setup");
  }

  @Test
  void theNextOfTheRequiredIsTakenAndTheFirstExplained() throws Exception {
    needsUring();
    try (Fivefold serve =
        Fivefold.startBy(filtered(), "serve", "echo", "--port", "0", "--require", "io_uring,nio")) {
      assertThat(serve.line()).endsWith(", model nio");
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
      assertThat(serve.errors())
          .contains(
              "auto takes nio; it tries io_uring, nio in this order",
              "auto passed over io_uring: forbidden by a seccomp filter");
    }
  }

  @Test
  void fewDescriptorsAreAProblem() throws Exception {
    List<String> few = List.of("sh", "-c", "ulimit -n 64 && exec \"$@\"", "sh");
    assertThat(run(few, "models").exitCode()).isZero();
    Run doctor = run(few, "doctor");
    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.output())
        .contains("problem ulimit -n (nofile) 64: ", "now: sudo prlimit --pid $$ --nofile=");
  }

  @Test
  void anotherSystemHasTheModelsOfTheJdk() throws Exception {
    List<String> sunOs = List.of("env", "JDK_JAVA_OPTIONS=-Dos.name=SunOS");
    Run models = run(sunOs, "models");
    assertThat(models.exitCode()).isZero();
    assertThat(models.output())
        .contains("needs Linux, and this is SunOS", "auto takes nio; it tries")
        .containsPattern("nio multiplexing yes");
    Run doctor = run(sunOs, "doctor");
    assertThat(doctor.exitCode()).isZero();
    assertThat(doctor.output()).startsWith("system note system SunOS: only the models");
  }
}
