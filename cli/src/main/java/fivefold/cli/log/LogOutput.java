package fivefold.cli.log;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of this process: lines on stderr, from the level asked for. Set up before the first
 * server is built, as loggers ask for their level once.
 */
public final class LogOutput extends Handler {
  /** Held here because java.util.logging itself forgets the settings of a logger unused. */
  private static final Logger ROOT = Logger.getLogger("fivefold");

  private static final LogOutput OUTPUT = new LogOutput();

  private volatile Consumer<String> sink = System.err::print;

  private LogOutput() {
    setFormatter(new LogLine());
  }

  /** Logs from this level on. */
  public static void start(LogLevel level) {
    ROOT.setUseParentHandlers(false);
    ROOT.removeHandler(OUTPUT);
    ROOT.addHandler(OUTPUT);
    ROOT.setLevel(level.level());
  }

  /** Writes through this from now on, such as above a prompt. */
  public static void divertTo(Consumer<String> wanted) {
    OUTPUT.sink = wanted;
  }

  /** Writes to stderr again. */
  public static void restore() {
    OUTPUT.sink = System.err::print;
  }

  @Override
  public void publish(LogRecord entry) {
    sink.accept(getFormatter().format(entry));
  }

  @Override
  public void flush() {
    System.err.flush();
  }

  @Override
  public void close() {}
}
