package fivefold.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of at most so many columns. */
final class Wrapped {
  /** What fits on a terminal of an ordinary width. */
  static final int COLUMNS = 100;

  private Wrapped() {}

  /**
   * Breaks a text between words. A word that is too long for a line stays whole.
   *
   * @param first what stands before the first line
   * @param indent columns before all others
   */
  static List<String> lines(String first, int indent, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean isEmpty = true;
    for (String word : text.split(" ", -1)) {
      if (!isEmpty && line.length() + 1 + word.length() > COLUMNS) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(indent));
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    lines.add(line.toString());
    return lines;
  }
}
