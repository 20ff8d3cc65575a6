package fivefold.lab.report;

import fivefold.lab.record.Axis;
import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import fivefold.lab.record.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A sweep for the report: a chart for each figure, a curve for each row. */
final class SweepCurves {
  private static final Text EXPLANATION =
      new Text(
          "The median at each setting, which is measured with servers of its own. The horizontal"
              + " axis is logarithmic, and so is at first the vertical one where the values span"
              + " much. A click on a name hides its curve.",
          "每种设置下的中位数，每种设置都另起服务器测量。横轴是对数刻度；数值跨度大时，纵轴起初也是对数刻度。点击名称可隐藏其曲线。");

  private SweepCurves() {}

  /** A section with its charts; nothing when there is one point only. */
  static String of(Results results) {
    return Axis.of(results.points()).map(axis -> of(results, axis)).orElse("");
  }

  private static String of(Results results, Axis axis) {
    StringBuilder html = new StringBuilder("<section>\n<h2>");
    html.append(Text.format("By %s", "按%s", Words.of(axis)).html())
        .append("</h2>\n<p>")
        .append(EXPLANATION.html())
        .append("</p>\n");
    for (Column column : SweepFigures.FOLLOWED) {
      html.append("<h3>")
          .append(column.title().html())
          .append("</h3>\n<div class=\"sweep\"><script type=\"application/json\">")
          .append(Html.escapeJson(json(results, axis, column)))
          .append("</script></div>\n");
    }
    return html.append("</section>\n").toString();
  }

  private static String json(Results results, Axis axis, Column column) {
    List<Map<String, Object>> curves = new ArrayList<>();
    SweepFigures.familiesByName(results)
        .forEach((name, family) -> {
          List<@Nullable Double> values = new ArrayList<>();
          for (Point point : results.points()) {
            Spread spread = SweepFigures.at(point, name, column);
            values.add(spread == null ? null : (Double) spread.median());
          }
          curves.add(Map.of("name", name, "family", Families.styleClass(family), "values", values));
        });
    return new JsonMapper()
        .writeValueAsString(
            Map.of(
                "axis",
                Map.of("english", Words.of(axis).english(), "chinese", Words.of(axis).chinese()),
                "places",
                results.points().stream().map(axis::at).toList(),
                "curves",
                curves));
  }
}
