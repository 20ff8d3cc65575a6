package fivefold.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** Where {@code ./fivefold} starts. */
public final class Main implements Runnable {
  private static final String[] FOOTER = {
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
  };

  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private boolean debug;

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
    main.describe();
    CommandLine commandLine = new CommandLine(main.spec);
    Commands.register(commandLine, args);
    return commandLine;
  }

  private void describe() {
    spec.name("fivefold").versionProvider(new ModuleVersion());
    spec.usageMessage()
        .description("One handler, every I/O model.")
        .synopsisSubcommandLabel("COMMAND")
        .footer(FOOTER);
    spec.addOption(
        ofEveryCommand("-h", "--help")
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build());
    spec.addOption(
        ofEveryCommand("-V", "--version")
            .versionHelp(true)
            .description("Print version information and exit.")
            .build());
    spec.addOption(
        ofEveryCommand("--debug")
            .setter(new Flags.Field<Boolean>(value -> debug = value))
            .description("Show a stack trace with an error.")
            .build());
  }

  private static OptionSpec.Builder ofEveryCommand(String... names) {
    return OptionSpec.builder(names)
        .type(boolean.class)
        .scopeType(ScopeType.INHERIT)
        .hasInitialValue(false);
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
