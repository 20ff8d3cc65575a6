package fivefold.services;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;

/**
 * Local time as {@code 2020-06-11 14:15:21.267058}: always six digits of the second, where {@code
 * LocalTime.toString} leaves out zeros.
 */
final class LocalTimeText {
  static final int LENGTH = 26;

  private LocalTimeText() {}

  static byte[] encode(LocalDateTime time) {
    byte[] text = "0000-00-00 00:00:00.000000".getBytes(StandardCharsets.US_ASCII);
    digits(text, 0, 4, time.getYear());
    digits(text, 5, 2, time.getMonthValue());
    digits(text, 8, 2, time.getDayOfMonth());
    digits(text, 11, 2, time.getHour());
    digits(text, 14, 2, time.getMinute());
    digits(text, 17, 2, time.getSecond());
    digits(text, 20, 6, time.getNano() / 1_000);
    return text;
  }

  private static void digits(byte[] text, int start, int count, int value) {
    int rest = value;
    for (int at = start + count - 1; at >= start; at--) {
      text[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
