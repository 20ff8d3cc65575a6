package fivefold.sys;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with this module in it, for what a test must not do to its own process. */
final class ChildJvm {
  record Result(int exitCode, String output) {}

  private ChildJvm() {}

  /**
   * Runs a main class of the tests to its end.
   *
   * @param flags for the JVM
   * @param main of this package
   */
  static Result run(List<String> flags, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    Process child = start(flags, main, arguments);
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(child.waitFor(), output);
  }

  static Process start(List<String> flags, Class<?> main, String... arguments) throws IOException {
    Path classes = location();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
    command.addAll(flags);
    command.addAll(List.of("--module-path", classes.toString()));
    command.addAll(
        List.of("--patch-module", "fivefold.sys=" + classes.resolveSibling("test-classes")));
    command.addAll(List.of("--module", "fivefold.sys/" + main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static Path location() {
    try {
      return Path.of(Platform.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
