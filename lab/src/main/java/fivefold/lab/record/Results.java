package fivefold.lab.record;

import java.util.List;

/**
 * All of one comparison: the content of {@code results.json}.
 *
 * @param schema the version of the form it was written in: {@link #SCHEMA}, or an older one of a
 *     file
 * @param fivefold the version of Fivefold that measured
 * @param points one, or several that differ in one part of their workload: a sweep
 */
public record Results(int schema, String fivefold, Machine machine, List<Point> points) {

  /** The version written now. */
  public static final int SCHEMA = 3;

  /**
   * The points of several comparisons, in their order.
   *
   * @param each at least one
   */
  public static Results sweep(List<Results> each) {
    Results last = each.getLast();
    return new Results(
        SCHEMA,
        last.fivefold(),
        last.machine(),
        each.stream().flatMap(results -> results.points().stream()).toList());
  }

  /** The rows of all points. */
  public List<Row> rows() {
    return points.stream().flatMap(point -> point.rows().stream()).toList();
  }
}
