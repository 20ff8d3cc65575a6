package fivefold.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Where {@code ./fivefold} starts. */
@Command(
    name = "fivefold",
    description = "One handler, every I/O model.",
    mixinStandardHelpOptions = true,
    versionProvider = ModuleVersion.class)
public final class Main {
  private Main() {}

  /**
   * Runs the command line and ends the JVM.
   *
   * @param args the words after {@code fivefold}
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }
}
