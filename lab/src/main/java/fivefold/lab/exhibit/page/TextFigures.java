package fivefold.lab.exhibit.page;

import fivefold.lab.draw.TextWidth;
import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Figure.Curve;
import fivefold.lab.exhibit.Figure.Lane;
import fivefold.lab.exhibit.Figure.Point;
import fivefold.lab.exhibit.Figure.Span;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.exhibit.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Figures drawn in characters. */
final class TextFigures {
  private static final int BAR_COLUMNS = 40;
  private static final int LANE_COLUMNS = 60;
  private static final String MARKS = "█░▒▓";

  private final Texts texts;

  TextFigures(Texts texts) {
    this.texts = texts;
  }

  List<String> lines(Figure figure) {
    return switch (figure) {
      case Figure.Bars bars -> bars(bars);
      case Figure.Lanes lanes -> lanes(lanes);
      case Figure.Table table -> aligned(rows(table));
      case Figure.Curves curves -> aligned(rows(curves));
    };
  }

  /** A figure that is best read as a table, in rows of cells, the first the heads. */
  List<List<String>> rows(Figure.Table table) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(table.heads().stream().map(texts::say).toList());
    table.rows().forEach(row -> rows.add(row.stream().map(texts::say).toList()));
    return rows;
  }

  List<List<String>> rows(Figure.Bars bars) {
    BarScale scale = new BarScale(bars);
    return bars.bars().stream()
        .map(bar -> List.of(texts.say(bar.label()), bar.text(), bar(bar.value(), scale)))
        .toList();
  }

  List<List<String>> rows(Figure.Curves curves) {
    TreeSet<Double> settings = new TreeSet<>();
    curves.curves().forEach(curve -> curve.points().forEach(point -> settings.add(point.x())));
    List<List<String>> rows = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of(texts.say(curves.x())));
    curves.curves().forEach(curve -> heads.add(texts.say(curve.label())));
    rows.add(heads);
    for (double x : settings) {
      List<String> row = new ArrayList<>(List.of(String.format(Locale.ROOT, "%,.0f", x)));
      curves.curves().forEach(curve -> row.add(at(curve, x)));
      rows.add(row);
    }
    return rows;
  }

  private static String at(Curve curve, double x) {
    return curve.points().stream()
        .filter(point -> point.x() == x)
        .map(Point::y)
        .map(y -> String.format(Locale.ROOT, y < 100 ? "%.1f" : "%,.0f", y))
        .findFirst()
        .orElse("-");
  }

  private static String bar(double value, BarScale scale) {
    return value <= 0 ? "" : "█".repeat(Math.max(1, column(scale, value)));
  }

  private static int column(BarScale scale, double value) {
    return (int) Math.round(scale.length(value) * BAR_COLUMNS);
  }

  private List<String> bars(Figure.Bars bars) {
    List<List<String>> rows = new ArrayList<>(rows(bars));
    String axis = axis(new BarScale(bars));
    if (!axis.isEmpty()) {
      rows.add(List.of("", "", axis));
    }
    return aligned(rows);
  }

  /** The last tick is written before its place, to end where the longest bar may. */
  private static String axis(BarScale scale) {
    StringBuilder line = new StringBuilder();
    for (double tick : scale.ticks()) {
      String label = LogAxis.label(tick);
      int at = Math.min(column(scale, tick), BAR_COLUMNS) - (line.isEmpty() ? 0 : label.length());
      line.repeat(' ', Math.max(line.isEmpty() ? 0 : 1, at - line.length())).append(label);
    }
    return line.toString();
  }

  /** The label stands behind its lane: what comes before is as wide in every font. */
  List<String> lanes(Figure.Lanes figure) {
    long from = begin(figure);
    long to = end(figure);
    List<String> lines = new ArrayList<>();
    for (Lane lane : figure.lanes()) {
      lines.add("|" + lane(lane, from, to) + "|  " + texts.say(lane.label()));
    }
    String end = String.format(Locale.ROOT, "%.0f ms", (to - from) / 1e6);
    lines.add(" 0" + " ".repeat(Math.max(1, LANE_COLUMNS - 1 - end.length())) + end);
    lines.add(" " + legend(figure.kinds()));
    return lines;
  }

  private String legend(List<Words> kinds) {
    StringBuilder legend = new StringBuilder();
    for (int i = 0; i < kinds.size(); i++) {
      legend
          .append(i == 0 ? "" : "   ")
          .append(mark(i))
          .append(' ')
          .append(texts.say(kinds.get(i)));
    }
    return legend.toString();
  }

  private static String lane(Lane lane, long from, long to) {
    char[] columns = new char[LANE_COLUMNS];
    Arrays.fill(columns, ' ');
    double scale = LANE_COLUMNS / (double) Math.max(1, to - from);
    for (Span span : lane.spans()) {
      int first = Math.min(LANE_COLUMNS - 1, (int) ((span.fromNanos() - from) * scale));
      int last = Math.clamp((int) ((span.toNanos() - from) * scale), first + 1, LANE_COLUMNS);
      Arrays.fill(columns, first, last, mark(span.kind()));
    }
    return new String(columns);
  }

  static long begin(Figure.Lanes figure) {
    return figure.lanes().stream()
        .flatMap(lane -> lane.spans().stream())
        .mapToLong(Span::fromNanos)
        .min()
        .orElse(0);
  }

  static long end(Figure.Lanes figure) {
    return figure.lanes().stream()
        .flatMap(lane -> lane.spans().stream())
        .mapToLong(Span::toNanos)
        .max()
        .orElse(1);
  }

  private static char mark(int kind) {
    return MARKS.charAt(kind % MARKS.length());
  }

  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
      }
    }
    return rows.stream().map(row -> aligned(row, widths)).toList();
  }

  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      boolean right = i > 0 && !cell.isEmpty() && "0123456789-".indexOf(cell.charAt(0)) >= 0;
      line.append(i == 0 ? "" : "  ")
          .append(right ? TextWidth.padLeft(cell, widths[i]) : TextWidth.padRight(cell, widths[i]));
    }
    return line.toString().stripTrailing();
  }
}
