package fivefold.lab.report;

import fivefold.lab.record.Point;
import fivefold.lab.record.Ratio;
import fivefold.lab.record.Row;
import fivefold.lab.record.Spread;
import fivefold.lab.record.Summary;
import org.jspecify.annotations.Nullable;

/** The table of the report; a header sorts by the data-value of its cells. */
final class HtmlTable {
  private HtmlTable() {}

  static String of(Point point) {
    StringBuilder html = new StringBuilder("<table class=\"figures\">\n<thead><tr>");
    header(html, "model", "");
    header(html, "CPU vs " + point.settings().reference(), "");
    for (Column column : Column.ALL) {
      header(html, column.title(), column.explanation());
    }
    header(html, "errors", "");
    html.append("</tr></thead>\n<tbody>\n");
    point.rows().forEach(row -> row(html, row));
    return html.append("</tbody>\n</table>\n").toString();
  }

  private static void header(StringBuilder html, String title, String explanation) {
    html.append("<th scope=\"col\"><button type=\"button\" title=\"")
        .append(Html.escape(explanation))
        .append("\">")
        .append(Html.escape(title))
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
          .append(Html.escape(row.error() == null ? "not measured" : row.error()))
          .append("</td></tr>\n");
      return;
    }
    ratio(html, summary.cpuRatio());
    for (Column column : Column.ALL) {
      figure(html, column.of(row));
    }
    cell(html, (double) summary.errors(), Long.toString(summary.errors()), "");
    html.append("</tr>\n");
  }

  private static void ratio(StringBuilder html, @Nullable Ratio ratio) {
    if (ratio == null) {
      html.append("<td data-value=\"\">").append(Numbers.NOT_MEASURED).append("</td>");
    } else if (ratio.verdict() == Ratio.Verdict.REFERENCE) {
      cell(html, 1, "1", "reference");
    } else {
      cell(
          html,
          ratio.median(),
          Numbers.ratio(ratio),
          Numbers.interval(ratio) + " " + Numbers.verdict(ratio));
    }
  }

  private static void figure(StringBuilder html, @Nullable Spread spread) {
    if (spread == null) {
      html.append("<td data-value=\"\">").append(Numbers.NOT_MEASURED).append("</td>");
    } else {
      boolean single = spread.min() == spread.max();
      cell(html, spread.median(), Numbers.median(spread), single ? "" : Numbers.range(spread));
    }
  }

  private static void cell(StringBuilder html, double value, String text, String small) {
    html.append("<td data-value=\"")
        .append(value)
        .append("\">")
        .append(Html.escape(text))
        .append(small.isEmpty() ? "" : "<small>" + Html.escape(small) + "</small>")
        .append("</td>");
  }
}
