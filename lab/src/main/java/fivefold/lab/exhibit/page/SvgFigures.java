package fivefold.lab.exhibit.page;

import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Figure.Bar;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.exhibit.Words;
import fivefold.lab.timeline.SvgChart;
import java.util.List;

/** Figures drawn for a browser; a table stays a table. */
final class SvgFigures {
  private static final int WIDTH = 860;
  private static final int LABEL_WIDTH = 290;
  private static final int VALUE_WIDTH = 110;
  private static final int ROW_HEIGHT = 28;

  private final Texts texts;

  SvgFigures(Texts texts) {
    this.texts = texts;
  }

  String draw(Figure figure) {
    return switch (figure) {
      case Figure.Bars bars -> bars(bars);
      case Figure.Lanes lanes -> SvgChart.captioned(LanesChart.of(lanes, texts));
      case Figure.Table table -> table(table);
      case Figure.Curves curves -> new SvgCurves(curves, texts).draw();
    };
  }

  private String bars(Figure.Bars figure) {
    BarScale scale = new BarScale(figure);
    List<Double> ticks = scale.ticks();
    int room = WIDTH - LABEL_WIDTH - VALUE_WIDTH;
    int bottom = figure.bars().size() * ROW_HEIGHT;
    StringBuilder svg = open(figure.bars().size() + (ticks.isEmpty() ? 0 : 1), figure);
    for (double tick : ticks) {
      double x = LABEL_WIDTH + scale.length(tick) * room;
      svg.append(Svg.gridLine(x, 0, x, bottom + 4));
      svg.append(Svg.text(x, bottom + 20, "quiet middle", LogAxis.label(tick)));
    }
    int y = 0;
    for (Bar bar : figure.bars()) {
      double length = Math.max(1, scale.length(bar.value()) * room);
      svg.append(label(texts.say(bar.label()), y));
      svg.append(Svg.rectangle(Svg.fill(0), LABEL_WIDTH, y + 5, length, ROW_HEIGHT - 10));
      svg.append(Svg.text(LABEL_WIDTH + length + 8, y + 18, "begin", bar.text()));
      y += ROW_HEIGHT;
    }
    return svg.append("</svg>\n").toString();
  }

  private String table(Figure.Table figure) {
    StringBuilder html = new StringBuilder("<table><thead><tr>");
    figure
        .heads()
        .forEach(head -> html.append("<th>").append(Svg.escape(texts.say(head))).append("</th>"));
    html.append("</tr></thead><tbody>\n");
    for (List<Words> row : figure.rows()) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(Svg.escape(texts.say(cell))).append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>\n").toString();
  }

  private StringBuilder open(int rows, Figure figure) {
    return new StringBuilder(Svg.open(WIDTH, rows * ROW_HEIGHT, texts.say(figure.caption())));
  }

  private static String label(String text, int y) {
    return Svg.text(LABEL_WIDTH - 12, y + 18, "end", text);
  }
}
