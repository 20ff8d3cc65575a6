package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The C compilers that constants are held against, each when it is there. A compiler need not run
 * what it compiles, so a cross compiler for the other architecture checks that one too.
 */
enum CCompiler {
  X86_64("x86_64-linux-gnu-gcc", Architecture.X86_64),
  AARCH64("aarch64-linux-gnu-gcc", Architecture.AARCH64),
  OF_THIS_MACHINE("gcc", Platform.architecture());

  private final String command;
  private final Architecture architecture;

  CCompiler(String command, Architecture architecture) {
    this.command = command;
    this.architecture = architecture;
  }

  Architecture architecture() {
    return architecture;
  }

  /** Skips the test when the compiler is not there. */
  void assumeThere() {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":", -1))
            .anyMatch(path -> Files.isExecutable(Path.of(path, command))),
        "no " + command + " on this machine");
  }

  /** What the compiler has to say about the lines; nothing when all assertions hold. */
  String complaints(Path directory, String headers, List<String> lines) throws Exception {
    Path source = directory.resolve("constants.c");
    Files.writeString(source, headers + String.join("\n", lines) + "\n");
    Process compiler =
        new ProcessBuilder(command, "-std=gnu11", "-fsyntax-only", source.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = compiler.waitFor();
    assertThat(exitCode == 0).as(output).isEqualTo(output.isEmpty());
    return output;
  }
}
