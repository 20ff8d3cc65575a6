package fivefold.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line on stderr what went wrong, and turns it into an exit code. */
final class ErrorLine {
  private static final int BAD_USAGE = 2;
  private static final int FAILURE = 1;

  private final BooleanSupplier debug;

  ErrorLine(BooleanSupplier debug) {
    this.debug = debug;
  }

  CommandLine handledBy(CommandLine commandLine) {
    return commandLine
        .setParameterExceptionHandler(this::parameterError)
        .setExecutionExceptionHandler(this::executionError);
  }

  /** For what reached the top. */
  int report(Throwable error) {
    return print("", error);
  }

  private int parameterError(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    String what = describe(error);
    String help = "; see '" + command.getCommandSpec().qualifiedName() + " --help'";
    System.err.println("fivefold: " + prefix(command) + what + help);
    // Options are not read yet when reading them fails.
    trace(error, List.of(args).contains("--debug"));
    return BAD_USAGE;
  }

  private static String describe(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched);
    }
    return oneLine(lowerFirst(String.valueOf(error.getMessage())));
  }

  private static String unmatched(UnmatchedArgumentException error) {
    String word = error.getUnmatched().getFirst();
    var spec = error.getCommandLine().getCommandSpec();
    if (error.isUnknownOption()) {
      String name = word.split("=", 2)[0];
      return "unknown option '" + name + "'" + NearMiss.hint(name, spec.optionsMap().keySet());
    }
    if (!spec.subcommands().isEmpty()) {
      return "unknown command '"
          + word
          + "'; expected one of "
          + String.join(", ", spec.subcommands().keySet())
          + NearMiss.hint(word, spec.subcommands().keySet());
    }
    return "'" + word + "' is one word too many";
  }

  private int executionError(Exception error, CommandLine command, ParseResult parsed) {
    return print(prefix(command), error);
  }

  private int print(String prefix, Throwable error) {
    System.err.println("fivefold: " + prefix + explain(error));
    trace(error, debug.getAsBoolean());
    return error instanceof UsageException ? BAD_USAGE : FAILURE;
  }

  private static String explain(Throwable error) {
    String message = error.getMessage();
    if (error instanceof UsageException
        || error instanceof FailureException
        || (error instanceof IOException && message != null)) {
      return oneLine(String.valueOf(message));
    }
    return oneLine(
        "unexpected " + error + "; this is a fault of fivefold; repeat with --debug and report it");
  }

  private static void trace(Throwable error, boolean wanted) {
    if (wanted) {
      error.printStackTrace();
    }
  }

  private static String prefix(CommandLine command) {
    CommandLine parent = command.getParent();
    return parent == null ? "" : command.getCommandName() + ": ";
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
