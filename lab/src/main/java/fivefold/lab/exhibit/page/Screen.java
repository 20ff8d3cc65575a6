package fivefold.lab.exhibit.page;

import java.util.regex.Pattern;

/** Text on a terminal, where a Chinese character takes two columns. */
final class Screen {
  /** Behind a space, or a Chinese character unless a mark follows that may not begin a line. */
  private static final Pattern BREAKS =
      Pattern.compile("(?<= )|(?<=[\\u3000-\\u9fff\\uff00-\\uff60])(?![，。；：、？！）」》])");

  private Screen() {}

  /** How many columns a text takes. */
  static int columns(String text) {
    return text.codePoints().map(Screen::columns).sum();
  }

  /** The wide ranges of Unicode's East Asian Width that the texts use. */
  private static int columns(int codePoint) {
    boolean wide =
        (codePoint >= 0x1100 && codePoint <= 0x115f)
            || (codePoint >= 0x2e80 && codePoint <= 0xa4cf)
            || (codePoint >= 0xac00 && codePoint <= 0xd7a3)
            || (codePoint >= 0xf900 && codePoint <= 0xfaff)
            || (codePoint >= 0xfe30 && codePoint <= 0xfe6f)
            || (codePoint >= 0xff00 && codePoint <= 0xff60)
            || codePoint >= 0x20000;
    return wide ? 2 : 1;
  }

  static String padRight(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - columns(text)));
  }

  static String padLeft(String text, int columns) {
    return " ".repeat(Math.max(0, columns - columns(text))) + text;
  }

  /** Breaks a text at spaces, and anywhere between Chinese characters. */
  static String wrap(String text, int width) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String piece : BREAKS.split(text, -1)) {
      int wide = columns(piece.stripTrailing());
      if (column > 0 && column + wide > width) {
        trimEnd(wrapped);
        wrapped.append('\n');
        column = 0;
      }
      wrapped.append(piece);
      column += columns(piece);
    }
    return wrapped.toString();
  }

  private static void trimEnd(StringBuilder text) {
    while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
  }
}
