package fivefold.cli.screen;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** How wide text is on a screen: 2 columns for Chinese, Japanese, Korean and most pictures. */
public final class Columns {
  private Columns() {}

  /** 0, 1 or 2. Control characters, which are to be shown as something else, count as 0. */
  public static int of(int codePoint) {
    return Math.max(0, WCWidth.wcwidth(codePoint));
  }

  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /** As much of the beginning as fits. */
  public static String fitting(String text, int columns) {
    return text.substring(0, end(text, 0, columns));
  }

  /** The same, and spaces up to the width. */
  public static String padded(String text, int columns) {
    String fitting = fitting(text, columns);
    return fitting + " ".repeat(Math.max(0, columns - of(fitting)));
  }

  /** In lines of at most this width, broken at spaces where there are some; at least one line. */
  public static List<String> wrapped(String text, int columns) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    do {
      int to = end(text, from, columns);
      if (to == from && from < text.length()) {
        to = text.offsetByCodePoints(from, 1); // one that is wider than the line
      }
      int space = to < text.length() ? text.lastIndexOf(' ', to) : -1;
      if (space > from) {
        lines.add(text.substring(from, space));
        from = space + 1;
      } else {
        lines.add(text.substring(from, to));
        from = to;
      }
    } while (from < text.length());
    return lines;
  }

  private static int end(String text, int from, int columns) {
    int used = 0;
    int at = from;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      used += of(point);
      if (used > columns) {
        break;
      }
      at += Character.charCount(point);
    }
    return at;
  }
}
