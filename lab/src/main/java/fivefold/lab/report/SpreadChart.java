package fivefold.lab.report;

import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row for each model, as SVG: each round a small dot, a line from the least to the most, the
 * median a large dot with its number.
 */
final class SpreadChart {
  private static final int WIDTH = 860;
  private static final int LABEL_WIDTH = 120;
  private static final int VALUE_WIDTH = 80;
  private static final int ROW_HEIGHT = 28;
  private static final int AXIS_HEIGHT = 26;

  private static final Text LOGARITHMIC =
      new Text("The axis is logarithmic: the values span too much.", "数值跨度太大，横轴取对数刻度。");

  private static final Text NOT_MEASURED = new Text("Not measured on this machine.", "这台机器上没有测量。");

  private final Column column;
  private final Function<RoundFigures, @Nullable Double> figure;
  private final List<Row> rows;
  private final ValueAxis axis;

  private SpreadChart(
      Column column, Function<RoundFigures, @Nullable Double> figure, List<Row> rows) {
    this.column = column;
    this.figure = figure;
    this.rows = rows;
    this.axis =
        ValueAxis.of(
            rows.stream()
                .flatMap(row -> row.rounds().stream())
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray());
  }

  /** The chart; a sentence when there is nothing to draw. */
  static String of(Column column, Function<RoundFigures, @Nullable Double> figure, List<Row> rows) {
    List<Row> measured = rows.stream().filter(row -> column.of(row) != null).toList();
    return measured.isEmpty()
        ? "<p>" + NOT_MEASURED.html() + "</p>\n"
        : new SpreadChart(column, figure, measured).render();
  }

  private String render() {
    int height = rows.size() * ROW_HEIGHT + AXIS_HEIGHT;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"spread\" viewBox=\"0 0 %d %d\" role=\"img\" %s>%n",
            WIDTH,
            height,
            Text.format("%s for each model", "各模型的%s", column.title()).labelAttributes()));
    grid(svg, height);
    for (int i = 0; i < rows.size(); i++) {
      row(svg, rows.get(i), i * ROW_HEIGHT + ROW_HEIGHT / 2);
    }
    svg.append("</svg>\n");
    return axis.logarithmic()
        ? svg.append("<p class=\"axis\">").append(LOGARITHMIC.html()).append("</p>\n").toString()
        : svg.toString();
  }

  private void grid(StringBuilder svg, int height) {
    for (double tick : axis.ticks()) {
      double x = x(tick);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\"/>%n",
              x,
              x,
              height - AXIS_HEIGHT + 4));
      svg.append(
          String.format(
              Locale.ROOT,
              "<text class=\"tick\" x=\"%.1f\" y=\"%d\">%s</text>%n",
              x,
              height - 6,
              axis.label(tick)));
    }
  }

  private void row(StringBuilder svg, Row row, int y) {
    Spread spread = column.of(row);
    if (spread == null) {
      return;
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<g class=\"%s\"><title>%s: %s (%s)</title>%n",
            Families.styleClass(row.family()),
            Html.escape(row.name()),
            Numbers.median(spread),
            Numbers.range(spread)));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>%n",
            LABEL_WIDTH - 12,
            y + 4,
            Html.escape(row.name())));
    svg.append(
        String.format(
            Locale.ROOT,
            "<line class=\"range\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
            x(spread.min()),
            x(spread.max()),
            y,
            y));
    for (RoundFigures round : row.rounds()) {
      Double value = figure.apply(round);
      if (value != null) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle class=\"round\" cx=\"%.1f\" cy=\"%d\" r=\"3\"/>%n",
                x(value),
                y));
      }
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<circle class=\"median\" cx=\"%.1f\" cy=\"%d\" r=\"6\"/>%n",
            x(spread.median()),
            y));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"value\" x=\"%d\" y=\"%d\">%s</text></g>%n",
            WIDTH - VALUE_WIDTH + 14,
            y + 4,
            Numbers.median(spread)));
  }

  private double x(double value) {
    return LABEL_WIDTH + axis.part(value) * (WIDTH - LABEL_WIDTH - VALUE_WIDTH);
  }
}
