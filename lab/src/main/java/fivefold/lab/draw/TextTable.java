package fivefold.lab.draw;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells in columns of even width: the first and the last to the left, numbers right. */
public final class TextTable {
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
    int columns = lines.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(line.get(i)));
      }
    }
    return lines.stream().map(line -> render(line, widths)).toList();
  }

  private static String render(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      boolean left = i == 0 || i == widths.length - 1;
      line.append(i == 0 ? "" : "  ")
          .append(left ? TextWidth.padRight(cell, widths[i]) : TextWidth.padLeft(cell, widths[i]));
    }
    return line.toString().stripTrailing();
  }
}
