package fivefold.services;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * RFC 867: the day and the time as one line of ASCII, in the first form the RFC shows: {@code
 * Tuesday, February 22, 1982 17:37:43-PST}.
 */
final class DaytimeText {
  private static final DateTimeFormatter LINE =
      DateTimeFormatter.ofPattern("EEEE, MMMM d, uuuu HH:mm:ss-zzz'\r\n'", Locale.ENGLISH);

  private DaytimeText() {}

  static byte[] encode(ZonedDateTime time) {
    return LINE.format(time).getBytes(StandardCharsets.US_ASCII);
  }
}
