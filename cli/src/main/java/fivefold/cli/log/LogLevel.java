package fivefold.cli.log;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much is logged. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG;

  /** As one writes it: {@code warn}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(LogLevel::word).toList();
  }

  public static Optional<LogLevel> parse(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  boolean includes(Level level) {
    return level != Level.OFF && level.getSeverity() >= least().getSeverity();
  }

  static LogLevel of(Level level) {
    return switch (level) {
      case ERROR, OFF -> ERROR;
      case WARNING -> WARN;
      case INFO -> INFO;
      case DEBUG, TRACE, ALL -> DEBUG;
    };
  }

  private Level least() {
    return switch (this) {
      case ERROR -> Level.ERROR;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.DEBUG;
    };
  }
}
