package fivefold.lab.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command this process was started with, up to its main class: with it, a server runs on the
 * very JVM and flags of the one that compares.
 */
public final class ThisProgram {
  private static final String MAIN = "fivefold.cli/fivefold.cli.Main";

  private ThisProgram() {}

  /**
   * The words before the arguments.
   *
   * @throws IOException when it cannot be told how this process was started
   */
  public static List<String> command() throws IOException {
    ProcessHandle.Info info = ProcessHandle.current().info();
    String java =
        info.command().orElse(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    List<String> arguments = Arrays.asList(info.arguments().orElse(new String[0]));
    int main = arguments.indexOf(MAIN);
    List<String> command = new ArrayList<>();
    command.add(java);
    command.addAll(main < 0 ? fromProperties() : arguments.subList(0, main + 1));
    return List.copyOf(command);
  }

  /** Where the system does not show a process's arguments, or this is a test. */
  private static List<String> fromProperties() throws IOException {
    String modulePath = System.getProperty("jdk.module.path");
    if (modulePath == null) {
      throw new IOException(
          "cannot tell how to start a server: start this program with ./fivefold, or with java on"
              + " the module path");
    }
    return List.of(
        "--enable-native-access=fivefold.sys",
        "-XX:+UseCompactObjectHeaders",
        "-p",
        modulePath,
        "-m",
        MAIN);
  }
}
