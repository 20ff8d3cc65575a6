package fivefold.lab.report;

import fivefold.lab.record.LatencyPoint;
import fivefold.lab.record.Point;
import fivefold.lab.record.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The latency curves as the chart library takes them: one list of places, one list a curve. */
final class LatencyCurves {
  private LatencyCurves() {}

  /** JSON for a script element. */
  static String json(Point point) {
    TreeSet<Double> percentiles = new TreeSet<>();
    for (Row row : point.rows()) {
      row.latencyCurve().forEach(each -> percentiles.add(each.percentile()));
    }
    List<Map<String, Object>> curves = new ArrayList<>();
    for (Row row : point.rows()) {
      if (!row.latencyCurve().isEmpty()) {
        List<@Nullable Double> micros = new ArrayList<>();
        for (double percentile : percentiles) {
          micros.add(at(row, percentile));
        }
        curves.add(
            Map.of(
                "name", row.name(), "family", Families.styleClass(row.family()), "micros", micros));
      }
    }
    return Html.escapeJson(
        new JsonMapper().writeValueAsString(Map.of("percentiles", percentiles, "curves", curves)));
  }

  private static @Nullable Double at(Row row, double percentile) {
    return row.latencyCurve().stream()
        .filter(point -> point.percentile() == percentile)
        .map(LatencyPoint::micros)
        .findFirst()
        .orElse(null);
  }
}
