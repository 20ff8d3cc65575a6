package fivefold.lab.exhibit.page;

import fivefold.lab.draw.TextWidth;
import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Figure.Bar;
import fivefold.lab.exhibit.Figure.Curve;
import fivefold.lab.exhibit.Figure.Point;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.timeline.TerminalChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;

/** Figures drawn in characters. */
final class TextFigures {
  private static final int BAR_COLUMNS = 40;
  private static final int LEAST_BAR_COLUMNS = 10;

  private final Texts texts;
  private final int columns;
  private final boolean unicode;

  /** For lines of so many columns, in block elements or in plain ASCII. */
  TextFigures(Texts texts, int columns, boolean unicode) {
    this.texts = texts;
    this.columns = columns;
    this.unicode = unicode;
  }

  List<String> lines(Figure figure) {
    return switch (figure) {
      case Figure.Bars bars -> bars(bars);
      case Figure.Lanes lanes -> lanes(lanes);
      case Figure.Table table -> new FittedTable(rows(table), columns).lines();
      case Figure.Curves curves -> new FittedTable(rows(curves), columns).lines();
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
    return rows(bars, BAR_COLUMNS);
  }

  private List<List<String>> rows(Figure.Bars bars, int longest) {
    BarScale scale = new BarScale(bars);
    return bars.bars().stream()
        .map(bar ->
            List.of(
                texts.say(bar.label()),
                bar.text(),
                bar.value() <= 0
                    ? ""
                    : (unicode ? "█" : "#")
                        .repeat(Math.max(1, scale.column(bar.value(), longest)))))
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

  private List<String> bars(Figure.Bars bars) {
    int labels = widest(bars, bar -> texts.say(bar.label()));
    int amounts = widest(bars, Bar::text);
    int longest =
        Math.clamp(
            columns - labels - amounts - 2 * FittedTable.GAP, LEAST_BAR_COLUMNS, BAR_COLUMNS);
    List<List<String>> rows = new ArrayList<>(rows(bars, longest));
    String axis = axis(new BarScale(bars), longest);
    if (!axis.isEmpty()) {
      rows.add(List.of("", "", axis));
    }
    return new FittedTable(rows, columns).lines();
  }

  private static int widest(Figure.Bars bars, Function<Bar, String> text) {
    return bars.bars().stream().mapToInt(bar -> TextWidth.of(text.apply(bar))).max().orElse(0);
  }

  /** Each number ends below its place, but for the first, which begins there. */
  private static String axis(BarScale scale, int longest) {
    StringBuilder line = new StringBuilder();
    for (double tick : scale.ticks()) {
      String label = LogAxis.label(tick);
      int before = scale.column(tick, longest) - label.length() - line.length();
      line.repeat(' ', line.isEmpty() ? 0 : Math.max(1, before)).append(label);
    }
    return line.toString();
  }

  /** What comes before a name is as wide in every font. */
  List<String> lanes(Figure.Lanes figure) {
    return new TerminalChart(columns, unicode)
        .withNamesBehind()
        .captioned(LanesChart.of(figure, texts));
  }
}
