package fivefold.cli.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fivefold.services.TimeProtocol;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * {@code 2026-11-21 08:02:23.123456 INFO fivefold.net: ...}, a stack trace below it if there is
 * one.
 */
final class LogLine extends Formatter {
  @Override
  public String format(LogRecord entry) {
    byte[] time = TimeProtocol.TEXT.encode(entry.getInstant().atZone(ZoneId.systemDefault()));
    String line =
        new String(time, US_ASCII)
            + " "
            + LogLevel.of(entry.getLevel())
            + " "
            + entry.getLoggerName()
            + ": "
            + formatMessage(entry)
            + "\n";
    return entry.getThrown() == null ? line : line + trace(entry.getThrown());
  }

  private static String trace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
