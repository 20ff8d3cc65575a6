package fivefold.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Where {@code ./fivefold} starts. */
@Command(
    name = "fivefold",
    description = "One handler, every I/O model.",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = ModuleVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  fivefold compare",
      "  fivefold load localhost:8001 --protocol upper",
      "  fivefold exhibit three-tasks",
      "  fivefold crowd 300000",
      "  fivefold models",
      "  fivefold doctor",
      "  fivefold serve echo --model epoll",
      "  fivefold connect localhost:8001",
      "  fivefold serve time",
      "  fivefold time localhost:3333"
    })
public final class Main implements Runnable {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show a stack trace with an error.")
  boolean debug;

  @Spec CommandSpec spec = CommandSpec.create();

  private Main() {}

  /**
   * Runs the command line and ends the JVM.
   *
   * @param args the words after {@code fivefold}
   */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    Main main = new Main();
    ErrorLine errors = new ErrorLine(() -> main.debug);
    try {
      return errors.handledBy(commandLine(main, args)).execute(args);
    } catch (Throwable unexpected) { // picocli hands on only exceptions, and an Error is no answer
      return errors.report(unexpected);
    }
  }

  private static CommandLine commandLine(Main main, String... args) {
    CommandLine commandLine = new CommandLine(main);
    Commands.register(commandLine, args);
    return commandLine;
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
