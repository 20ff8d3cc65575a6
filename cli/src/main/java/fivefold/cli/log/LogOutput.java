package fivefold.cli.log;

import java.util.function.Consumer;

/**
 * The log of this process: lines on stderr, from the level asked for. Set up before the first
 * server is built, as some loggers ask for their level once.
 */
public final class LogOutput {
  private static volatile LogLevel limit = LogLevel.INFO;
  private static volatile Consumer<String> sink = LogOutput::toStderr;

  private LogOutput() {}

  /** Logs from this level on. */
  public static void start(LogLevel level) {
    limit = level;
  }

  /** Writes through this from now on, such as above a prompt. */
  public static void divertTo(Consumer<String> wanted) {
    sink = wanted;
  }

  /** Writes to stderr again. */
  public static void restore() {
    sink = LogOutput::toStderr;
  }

  static LogLevel limit() {
    return limit;
  }

  static void write(String line) {
    sink.accept(line);
  }

  private static void toStderr(String line) {
    System.err.print(line);
  }
}
