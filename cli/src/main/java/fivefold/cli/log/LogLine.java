package fivefold.cli.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import fivefold.services.TimeProtocol;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * {@code 2026-11-21 08:02:23.123456 INFO fivefold.net: ...}, a stack trace below it if there is
 * one.
 */
final class LogLine {
  private LogLine() {}

  static String of(LogLevel level, String logger, String message, @Nullable Throwable thrown) {
    byte[] time = TimeProtocol.TEXT.encode(now());
    String line = new String(time, US_ASCII) + " " + level + " " + logger + ": " + message + "\n";
    return thrown == null ? line : line + trace(thrown);
  }

  /**
   * The local time by its offset: a {@code ZoneId} of the system loads all time zones and looks for
   * providers of more, 30 ms of a start.
   */
  private static ZonedDateTime now() {
    Instant now = Instant.now();
    int offsetMillis = TimeZone.getDefault().getOffset(now.toEpochMilli());
    return now.atZone(ZoneOffset.ofTotalSeconds(offsetMillis / 1_000));
  }

  private static String trace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
