package fivefold.lab.exhibit.page;

import fivefold.lab.draw.TextWidth;
import java.util.regex.Pattern;

/** Text on a terminal, where a Chinese character takes two columns. */
final class Screen {
  /** Behind a space, or a Chinese character unless a mark follows that may not begin a line. */
  private static final Pattern BREAKS =
      Pattern.compile("(?<= )|(?<=[\\u3000-\\u9fff\\uff00-\\uff60])(?![，。；：、？！）」》])");

  private Screen() {}

  /** Breaks a text at spaces, and anywhere between Chinese characters. */
  static String wrap(String text, int width) {
    StringBuilder wrapped = new StringBuilder();
    int column = 0;
    for (String piece : BREAKS.split(text, -1)) {
      int wide = TextWidth.of(piece.stripTrailing());
      if (column > 0 && column + wide > width) {
        trimEnd(wrapped);
        wrapped.append('\n');
        column = 0;
      }
      wrapped.append(piece);
      column += TextWidth.of(piece);
    }
    return wrapped.toString();
  }

  private static void trimEnd(StringBuilder text) {
    while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
  }
}
