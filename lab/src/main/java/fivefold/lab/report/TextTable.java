package fivefold.lab.report;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells in columns of even width: the first and the last to the left, numbers right. */
final class TextTable {
  private final List<List<String>> lines = new ArrayList<>();

  void line(String... cells) {
    lines.add(List.of(cells));
  }

  void line(List<String> cells) {
    lines.add(List.copyOf(cells));
  }

  /** On a terminal a Chinese character takes two places (Unicode's East Asian Width). */
  private static int width(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return Character.isIdeographic(c)
        || (c >= 0x3000 && c <= 0x303f)
        || (c >= 0xff00 && c <= 0xff60);
  }

  /** The lines, without spaces at their ends. */
  List<String> render() {
    int columns = lines.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths[i] = Math.max(widths[i], width(line.get(i)));
      }
    }
    return lines.stream().map(line -> render(line, widths)).toList();
  }

  private static String render(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(widths[i] - width(cell));
      boolean left = i == 0 || i == widths.length - 1;
      line.append(i == 0 ? "" : "  ").append(left ? cell + padding : padding + cell);
    }
    return line.toString().stripTrailing();
  }
}
