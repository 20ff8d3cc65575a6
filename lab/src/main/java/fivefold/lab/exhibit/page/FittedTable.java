package fivefold.lab.exhibit.page;

import fivefold.lab.draw.TextWidth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of cells in columns, no wider than the lines may be: where they would be, the cells of the
 * widest columns go on below themselves. Numbers stand to the right.
 */
final class FittedTable {
  static final int GAP = 2;

  private final List<List<String>> rows;
  private final int[] widths;

  FittedTable(List<List<String>> rows, int columns) {
    this.rows = rows;
    widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    int[] words = new int[widths.length];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
        words[i] = Math.max(words[i], widest(TextWidth.wrapped(row.get(i), 1, "")));
      }
    }
    int tooMany = Arrays.stream(widths).sum() + GAP * (widths.length - 1) - columns;
    for (int widest = widestThatBreaks(words); tooMany > 0 && widest >= 0; tooMany--) {
      widths[widest]--;
      widest = widestThatBreaks(words);
    }
  }

  private static int widest(List<String> lines) {
    return lines.stream().mapToInt(TextWidth::of).max().orElse(0);
  }

  /** -1 when each is as narrow as its longest word. */
  private int widestThatBreaks(int[] words) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > words[i] && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      List<List<String>> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(TextWidth.wrapped(row.get(i), widths[i], ""));
      }
      int high = cells.stream().mapToInt(List::size).max().orElse(0);
      for (int line = 0; line < high; line++) {
        lines.add(line(row, cells, line));
      }
    }
    return lines;
  }

  /** A number, or the head of a column of numbers. */
  private boolean standsRight(List<String> row, int column) {
    return isNumber(row.get(column))
        || (rows.indexOf(row) == 0
            && rows.stream()
                .skip(1)
                .allMatch(each -> column < each.size() && isNumber(each.get(column))));
  }

  private String line(List<String> row, List<List<String>> cells, int number) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      List<String> cell = cells.get(i);
      String text = number < cell.size() ? cell.get(number) : "";
      line.append(" ".repeat(i == 0 ? 0 : GAP))
          .append(
              i > 0 && standsRight(row, i)
                  ? TextWidth.padLeft(text, widths[i])
                  : TextWidth.padRight(text, widths[i]));
    }
    return line.toString().stripTrailing();
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && "0123456789-".indexOf(text.charAt(0)) >= 0;
  }
}
