package fivefold.lab.draw;

import java.util.ArrayList;
import java.util.List;

/** How many columns text takes on a terminal: Chinese takes two for each character. */
public final class TextWidth {
  private TextWidth() {}

  /** Columns of a text. */
  public static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  /** The wide ranges of Unicode's East Asian Width (Annex 11) that the texts use. */
  private static int of(int codePoint) {
    if (Character.getType(codePoint) == Character.NON_SPACING_MARK) {
      return 0;
    }
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

  /** The text, and blanks behind it up to a width. */
  public static String padRight(String text, int columns) {
    return text + blanks(text, columns);
  }

  /** The text, and blanks before it up to a width. */
  public static String padLeft(String text, int columns) {
    return blanks(text, columns) + text;
  }

  private static String blanks(String text, int columns) {
    return " ".repeat(Math.max(0, columns - of(text)));
  }

  /**
   * Lines not wider than a number of columns, broken at blanks, and between Chinese characters.
   *
   * @param indent before each line but the first
   */
  public static List<String> wrapped(String text, int columns, String indent) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (String piece : pieces(text)) {
      int width = of(piece);
      boolean isFull = used > 0 && used + of(piece.stripTrailing()) > columns;
      if (isFull) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        line.append(indent);
        used = indent.length();
      }
      line.append(piece);
      used += width;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /**
   * What stays together: a word with the blank behind it, a wide character with its punctuation.
   */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      piece.appendCodePoint(characters[i]);
      boolean isLast = i + 1 == characters.length;
      boolean mayBreak =
          characters[i] == ' ' || (!isLast && mayBreakBetween(characters[i], characters[i + 1]));
      if (mayBreak || isLast) {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    return pieces;
  }

  /** Not before punctuation, nor behind what opens. */
  private static boolean mayBreakBetween(int before, int after) {
    boolean isWide = of(before) == 2 || of(after) == 2;
    return isWide && after != ' ' && "（「《“".indexOf(before) < 0 && "，。：；）、？！」》”".indexOf(after) < 0;
  }
}
