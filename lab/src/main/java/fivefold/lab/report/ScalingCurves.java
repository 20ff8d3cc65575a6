package fivefold.lab.report;

import fivefold.lab.record.Results;
import fivefold.lab.record.ScalingFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The scaling law for the report: a curve for each row, dashed beyond what was measured. */
final class ScalingCurves {
  /** How far beyond the last point it is drawn. */
  private static final double BEYOND = 10;

  private static final int STEPS_OF_TEN = 12;

  private ScalingCurves() {}

  /** A section; nothing when there is no law to speak of, or no sweep over connections. */
  static String of(Results results) {
    List<Scaling> rows = Scaling.of(results);
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>");
    html.append(Scaling.TITLE.html())
        .append("</h2>\n<p>")
        .append(Scaling.EXPLANATION.html())
        .append("</p>\n");
    Text caution = Scaling.caution(results);
    if (caution != null) {
      html.append("<ul class=\"warnings\"><li>").append(caution.html()).append("</li></ul>\n");
    }
    List<Scaling> fitted = rows.stream().filter(row -> row.fit() != null).toList();
    if (!fitted.isEmpty()) {
      html.append("<div class=\"scaling\"><script type=\"application/json\">")
          .append(Html.escapeJson(json(fitted)))
          .append("</script></div>\n");
    }
    table(html, rows);
    return html.append("</section>\n").toString();
  }

  private static String json(List<Scaling> rows) {
    TreeSet<Double> places = new TreeSet<>();
    rows.forEach(row -> places.addAll(row.connections()));
    double first = places.first();
    double end = BEYOND * places.last();
    for (int i = 0; first * Math.pow(10, (double) i / STEPS_OF_TEN) < end; i++) {
      places.add(first * Math.pow(10, (double) i / STEPS_OF_TEN));
    }
    places.add(end);
    List<Map<String, Object>> curves = rows.stream().map(row -> curve(row, places)).toList();
    return new JsonMapper().writeValueAsString(Map.of("places", places, "curves", curves));
  }

  private static Map<String, Object> curve(Scaling row, Set<Double> places) {
    ScalingFit law = row.fit();
    List<@Nullable Double> measured = new ArrayList<>();
    List<@Nullable Double> within = new ArrayList<>();
    List<@Nullable Double> beyond = new ArrayList<>();
    for (double n : places) {
      int index = row.connections().indexOf(n);
      Double value = law == null ? null : (Double) law.at(n);
      boolean inside = n >= row.connections().getFirst() && n <= row.lastMeasured();
      measured.add(index < 0 ? null : row.throughput().get(index));
      within.add(inside ? value : null);
      beyond.add(n >= row.lastMeasured() ? value : null);
    }
    return Map.of(
        "name",
        row.name(),
        "family",
        row.family(),
        "measured",
        measured,
        "within",
        within,
        "beyond",
        beyond);
  }

  private static void table(StringBuilder html, List<Scaling> rows) {
    html.append("<div class=\"scroll\">\n<table class=\"figures law\">\n<thead><tr>");
    header(html, new Text("model", "模型"));
    header(html, new Text("λ, requests/s", "λ，请求/秒"));
    header(html, Text.same("σ"));
    header(html, Text.same("κ"));
    header(html, new Text("residuals", "残差"));
    header(html, new Text("the law", "定律"));
    html.append("</tr></thead>\n<tbody>\n");
    for (Scaling row : rows) {
      html.append("<tr><th scope=\"row\" class=\"")
          .append(row.family())
          .append("\"><i></i>")
          .append(Html.escape(row.name()))
          .append("</th>");
      ScalingFit law = row.fit();
      Text refusal = row.refusal();
      if (law == null) {
        html.append("<td class=\"words\" colspan=\"5\">")
            .append(refusal == null ? "" : refusal.html());
      } else {
        number(html, law.lambda(), Numbers.compact(law.lambda()));
        number(html, law.sigma(), coefficient(law.sigma()));
        number(html, law.kappa(), coefficient(law.kappa()));
        number(html, law.rootMeanSquare(), Scaling.residuals(law));
        html.append("<td class=\"words\" data-value=\"")
            .append(law.mostRequestsPerSecond())
            .append("\">")
            .append(Scaling.most(law, row.lastMeasured()).html());
      }
      html.append("</td></tr>\n");
    }
    html.append("</tbody>\n</table>\n</div>\n");
  }

  private static void header(StringBuilder html, Text title) {
    html.append("<th scope=\"col\"><button type=\"button\">")
        .append(title.html())
        .append("</button></th>");
  }

  private static void number(StringBuilder html, double value, String text) {
    html.append("<td data-value=\"")
        .append(value)
        .append("\">")
        .append(Html.escape(text))
        .append("</td>");
  }

  static String coefficient(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.2g", value);
  }
}
