package fivefold.web;

import java.nio.charset.StandardCharsets;

/** The reason in a close frame: RFC 6455, section 5.5, gives it 125 bytes less two for the code. */
final class CloseText {
  private static final int LIMIT_BYTES = 123;

  private CloseText() {}

  /** As much of the text as fits, in whole characters. */
  static String of(String text) {
    String shorter = text;
    while (shorter.getBytes(StandardCharsets.UTF_8).length > LIMIT_BYTES) {
      shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
    }
    return shorter;
  }
}
