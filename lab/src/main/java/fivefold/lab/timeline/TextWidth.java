package fivefold.lab.timeline;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/** How many columns text takes on a terminal: Chinese takes two for each character. */
public final class TextWidth {
  private TextWidth() {}

  /** Columns of a text. */
  public static int of(String text) {
    return text.codePoints().map(TextWidth::of).sum();
  }

  private static int of(int codePoint) {
    if (Character.getType(codePoint) == Character.NON_SPACING_MARK) {
      return 0;
    }
    boolean wide =
        UnicodeScript.of(codePoint) == UnicodeScript.HAN
            // Punctuation of Chinese text, and the full-width forms (Unicode Annex 11).
            || (codePoint >= 0x3000 && codePoint <= 0x303F)
            || (codePoint >= 0xFF00 && codePoint <= 0xFF60);
    return wide ? 2 : 1;
  }

  /** The text, and blanks up to a width. */
  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - of(text)));
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

  /** Not before punctuation, nor behind an opening bracket. */
  private static boolean mayBreakBetween(int before, int after) {
    boolean isWide = of(before) == 2 || of(after) == 2;
    return isWide && after != ' ' && before != '（' && "，。：；）、".indexOf(after) < 0;
  }
}
