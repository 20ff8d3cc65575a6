package fivefold.lab.report;

import fivefold.lab.record.Point;
import fivefold.lab.record.Ratio;
import fivefold.lab.record.Row;
import fivefold.lab.record.Spread;
import fivefold.lab.record.Summary;
import org.jspecify.annotations.Nullable;

/** The table of the report; a header sorts by the data-value of its cells. */
final class HtmlTable {
  private static final Text NOTHING = Text.same("");

  private HtmlTable() {}

  static String of(Point point) {
    StringBuilder html = new StringBuilder("<table class=\"figures\">\n<thead><tr>");
    header(html, new Text("model", "模型"), NOTHING);
    header(html, Text.format("CPU vs %s", "CPU 与 %s 之比", point.settings().reference()), NOTHING);
    for (Column column : Column.ALL) {
      header(html, column.title(), column.explanation());
    }
    header(html, new Text("errors", "错误"), NOTHING);
    html.append("</tr></thead>\n<tbody>\n");
    point.rows().forEach(row -> row(html, row));
    return html.append("</tbody>\n</table>\n").toString();
  }

  private static void header(StringBuilder html, Text title, Text explanation) {
    html.append("<th scope=\"col\"><button type=\"button\" ")
        .append(explanation.titleAttributes())
        .append(">")
        .append(title.html())
        .append("</button></th>");
  }

  private static void row(StringBuilder html, Row row) {
    html.append("<tr><th scope=\"row\" class=\"")
        .append(Families.styleClass(row.family()))
        .append("\"><i></i>")
        .append(Html.escape(row.name()))
        .append("</th>");
    Summary summary = row.summary();
    if (summary == null) {
      html.append("<td class=\"failed\" colspan=\"")
          .append(Column.ALL.size() + 2)
          .append("\">")
          .append(
              row.error() == null
                  ? new Text("not measured", "没有测到").html()
                  : Remarks.inBoth(row.error()).html())
          .append("</td></tr>\n");
      return;
    }
    ratio(html, summary.cpuRatio());
    for (Column column : Column.ALL) {
      figure(html, column.of(row));
    }
    cell(html, (double) summary.errors(), Long.toString(summary.errors()), NOTHING);
    html.append("</tr>\n");
  }

  private static void ratio(StringBuilder html, @Nullable Ratio ratio) {
    if (ratio == null) {
      html.append("<td data-value=\"\">").append(Numbers.NOT_MEASURED).append("</td>");
    } else if (ratio.verdict() == Ratio.Verdict.REFERENCE) {
      cell(html, 1, "1", Numbers.verdict(ratio));
    } else {
      cell(
          html,
          ratio.median(),
          Numbers.ratio(ratio),
          Text.same(Numbers.interval(ratio) + " ").plus(Numbers.verdict(ratio)));
    }
  }

  private static void figure(StringBuilder html, @Nullable Spread spread) {
    if (spread == null) {
      html.append("<td data-value=\"\">").append(Numbers.NOT_MEASURED).append("</td>");
    } else {
      boolean single = spread.min() == spread.max();
      cell(
          html,
          spread.median(),
          Numbers.median(spread),
          single ? NOTHING : Text.same(Numbers.range(spread)));
    }
  }

  private static void cell(StringBuilder html, double value, String text, Text small) {
    html.append("<td data-value=\"")
        .append(value)
        .append("\">")
        .append(Html.escape(text))
        .append(small.equals(NOTHING) ? "" : "<small>" + small.html() + "</small>")
        .append("</td>");
  }
}
