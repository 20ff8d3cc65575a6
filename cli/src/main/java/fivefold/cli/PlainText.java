package fivefold.cli;

/**
 * Text from a peer, made harmless for a terminal: an escape sequence could rewrite the screen, the
 * title, or on some terminals the keyboard's buffer.
 */
public final class PlainText {
  private PlainText() {}

  /** Shows control characters but line feed and tab as {@code ^[} and the like. */
  public static String of(String text) {
    if (text.chars().noneMatch(PlainText::isHarmful)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length() + 16);
    text.chars()
        .filter(c -> c != '\r')
        .forEach(c -> plain.append(isHarmful(c) ? caret(c) : String.valueOf((char) c)));
    return plain.toString();
  }

  private static boolean isHarmful(int c) {
    return Character.isISOControl(c) && c != '\n' && c != '\t';
  }

  private static String caret(int c) {
    return c < 0x20 ? "^" + (char) (c + '@') : "^?";
  }
}
