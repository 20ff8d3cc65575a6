package fivefold.lab.report;

import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import fivefold.lab.record.Spread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures that are followed over the points of a sweep. */
final class SweepFigures {
  static final List<Column> FOLLOWED = List.of(Column.CPU, Column.THROUGHPUT, Column.P99);

  private SweepFigures() {}

  /** The families of all rows, by their names, in the order of the rows. */
  static Map<String, String> familiesByName(Results results) {
    Map<String, String> families = new LinkedHashMap<>();
    results.rows().forEach(row -> families.putIfAbsent(row.name(), row.family()));
    return families;
  }

  /**
   * A row's figure at one point; null when it was not measured there, which is so, too, when a
   * limit of the model cut off the connections: it would be the figure of another setting.
   */
  static @Nullable Spread at(Point point, String name, Column column) {
    return point.rows().stream()
        .filter(row -> row.name().equals(name))
        .filter(row -> row.connections() == point.settings().workload().connections())
        .findFirst()
        .map(column::of)
        .orElse(null);
  }
}
