package fivefold.lab.draw;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells in columns of even width: the first and the last to the left, numbers right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  /** Adds a line. */
  public void line(String... cells) {
    lines.add(List.of(cells));
  }

  /** The same. */
  public void line(List<String> cells) {
    lines.add(List.copyOf(cells));
  }

  /** The lines, without spaces at their ends. */
  public List<String> render() {
    int[] widths = widths();
    return render(widths, 1, widths.length);
  }

  /**
   * The same for a terminal of so many columns: what does not fit beside stands below, with the
   * first column once more. A column without a heading stays with the one before it.
   */
  public List<List<String>> render(int terminalColumns) {
    int[] widths = widths();
    List<List<String>> parts = new ArrayList<>();
    int from = 1;
    while (from < widths.length) {
      int end = groupEnd(from);
      while (end < widths.length && isWithin(terminalColumns, widths, from, groupEnd(end))) {
        end = groupEnd(end);
      }
      parts.add(render(widths, from, end));
      from = end;
    }
    return parts.isEmpty() ? List.of(render()) : parts;
  }

  /** Where the columns end that belong to the one at a place. */
  private int groupEnd(int from) {
    List<String> headings = lines.getFirst();
    int end = from + 1;
    while (end < headings.size() && headings.get(end).isEmpty()) {
      end++;
    }
    return end;
  }

  private static boolean isWithin(int terminalColumns, int[] widths, int from, int end) {
    long sum = widths[0];
    for (int i = from; i < end; i++) {
      sum += GAP.length() + widths[i];
    }
    return sum <= terminalColumns;
  }

  private int[] widths() {
    int[] widths = new int[lines.stream().mapToInt(List::size).max().orElse(0)];
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(line.get(i)));
      }
    }
    return widths;
  }

  private List<String> render(int[] widths, int from, int end) {
    return lines.stream().map(line -> render(line, widths, from, end)).toList();
  }

  private static String render(List<String> cells, int[] widths, int from, int end) {
    StringBuilder line = new StringBuilder(TextWidth.padRight(cells.getFirst(), widths[0]));
    for (int i = from; i < Math.min(end, cells.size()); i++) {
      String cell = cells.get(i);
      boolean left = i == widths.length - 1;
      line.append(GAP)
          .append(left ? TextWidth.padRight(cell, widths[i]) : TextWidth.padLeft(cell, widths[i]));
    }
    return line.toString().stripTrailing();
  }
}
