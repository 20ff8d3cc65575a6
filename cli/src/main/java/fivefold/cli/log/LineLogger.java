package fivefold.cli.log;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** One name's part of the log. */
record LineLogger(String name) implements System.Logger {
  private static final String OURS = "fivefold";

  @Override
  public String getName() {
    return name;
  }

  /** The level asked for is Fivefold's; of libraries there is never more than is of interest. */
  @Override
  public boolean isLoggable(Level level) {
    return LogOutput.limit().includes(level)
        && (name.startsWith(OURS) || LogLevel.INFO.includes(level));
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      LogOutput.write(LogLine.of(LogLevel.of(level), name, translated(bundle, message), thrown));
    }
  }

  @Override
  public void log(
      Level level, @Nullable ResourceBundle bundle, String format, Object @Nullable ... params) {
    if (isLoggable(level)) {
      String message = translated(bundle, format);
      boolean isPlain = params == null || params.length == 0;
      LogOutput.write(
          LogLine.of(
              LogLevel.of(level),
              name,
              isPlain ? message : MessageFormat.format(message, params),
              null));
    }
  }

  private static String translated(@Nullable ResourceBundle bundle, String text) {
    return bundle != null && bundle.containsKey(text) ? bundle.getString(text) : text;
  }
}
