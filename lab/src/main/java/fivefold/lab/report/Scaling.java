package fivefold.lab.report;

import fivefold.lab.record.Axis;
import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import fivefold.lab.record.Row;
import fivefold.lab.record.ScalingFit;
import fivefold.lab.record.Spread;
import fivefold.lab.record.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the Universal Scalability Law says of a row's sweep over connections, or why nothing.
 *
 * @param fit null when there is a refusal
 * @param refusal why the law says nothing here; null when there is a fit
 */
record Scaling(
    String name,
    String family,
    List<Double> connections,
    List<Double> throughput,
    @Nullable ScalingFit fit,
    @Nullable Text refusal) {

  /** A generator above this is at its limit. */
  private static final double SATURATED = 0.95;

  static final Text TITLE =
      new Text("Scaling: the Universal Scalability Law", "可扩展性：通用可扩展性定律（USL）");

  static final Text EXPLANATION =
      new Text(
          "X(N) = λN / (1 + σ(N-1) + κN(N-1)), fitted to the medians by least squares of the relative"
              + " errors. λ: requests/s of one connection. σ: contention, what cannot be done at the"
              + " same time. κ: coherence, what each pair costs; with it throughput falls again. The"
              + " residual is how far the law lies above the point. What it says beyond the last"
              + " point is not measured.",
          "X(N) = λN / (1 + σ(N-1) + κN(N-1))，用相对误差的最小二乘法拟合各点的中位数。λ：一个连接的每秒请求数。σ：争用，"
              + "即不能同时进行的部分。κ：一致性开销，即每一对连接的代价；有它，吞吐量会回落。残差是定律高出该点多少。"
              + "最后一点以外是外推，没有测量。");

  /** For each row; none when it is no sweep over connections in a closed loop. */
  static List<Scaling> of(Results results) {
    boolean closed =
        results.points().stream().allMatch(point -> point.settings().workload().rate() == null);
    if (!closed || Axis.of(results.points()).orElse(null) != Axis.CONNECTIONS) {
      return List.of();
    }
    List<Scaling> each = new ArrayList<>();
    SweepFigures.familiesByName(results)
        .forEach((name, family) -> each.add(of(results, name, family)));
    return each;
  }

  private static Scaling of(Results results, String name, String family) {
    List<Double> connections = new ArrayList<>();
    List<Double> throughput = new ArrayList<>();
    for (Point point : results.points()) {
      Spread spread = SweepFigures.at(point, name, Column.THROUGHPUT);
      if (spread != null && spread.median() > 0) {
        connections.add(Axis.CONNECTIONS.at(point));
        throughput.add(spread.median());
      }
    }
    ScalingFit fit = ScalingFit.of(array(connections), array(throughput));
    Text refusal = refusal(fit, connections.size());
    return new Scaling(
        name,
        Families.styleClass(family),
        connections,
        throughput,
        refusal == null ? fit : null,
        refusal);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static @Nullable Text refusal(@Nullable ScalingFit fit, int points) {
    if (fit == null) {
      return Text.format(
          "no law: measured whole at %d settings, and three numbers go through any three points; it"
              + " takes %d",
          "不拟合：只有 %d 个完整的测量点，而三个参数能通过任意三点；至少要 %d 个", points, ScalingFit.LEAST_POINTS);
    }
    if (fit.isMeaningless()) {
      return Text.format(
          "no law: on the average it would be %.0f %% away from the points, and so does not describe"
              + " them",
          "不拟合：定律与各点平均相差 %.0f %%，并不描述它们", 100 * fit.rootMeanSquare());
    }
    return fit.isUnlimited()
        ? new Text(
            "no law: throughput grew in proportion, and shows no limit from which to tell what comes",
            "不拟合：吞吐量按比例增长，看不到极限，无从外推")
        : null;
  }

  double lastMeasured() {
    return connections.getLast();
  }

  /** Where it ends. */
  static Text most(ScalingFit law, double lastMeasured) {
    if (law.kappa() == 0 || law.peakConnections() < 1) {
      return Text.format(
          "at most %s requests/s, however many connections",
          "无论多少连接，至多每秒 %s 个请求", Numbers.compact(law.mostRequestsPerSecond()));
    }
    boolean beyond = law.peakConnections() > lastMeasured;
    return Text.format(
        "at most %s requests/s, at about %s connections%s",
        "至多每秒 %s 个请求，约在 %s 个连接时%s",
        Numbers.compact(law.mostRequestsPerSecond()),
        Numbers.compact(law.peakConnections()),
        beyond ? new Text(", beyond what was measured", "（超出测量范围）") : Text.same(""));
  }

  /** {@code +3 %, -8 %}, in the order of the points. */
  static String residuals(ScalingFit law) {
    return String.join(
        ", ",
        law.residuals().stream()
            .map(each -> String.format(Locale.ROOT, "%+.0f %%", 100 * each))
            .toList());
  }

  /** Where the load generator was at its limit with most of the rows. */
  static @Nullable Text caution(Results results) {
    List<Text> at = new ArrayList<>();
    for (Point point : results.points()) {
      long busy = point.rows().stream().filter(Scaling::isLoadSaturated).count();
      if (2 * busy > point.rows().size()) {
        at.add(Text.same(String.format(Locale.ROOT, "%,.0f", Axis.CONNECTIONS.at(point))));
      }
    }
    return at.isEmpty()
        ? null
        : Text.format(
            "At %s connections the load generator was at its limit with most of the rows: there the"
                + " law describes it, not the servers.",
            "在 %s 个连接时，对多数行而言负载发生器已到极限：那里定律描述的是它，而不是服务器。", Text.list(at));
  }

  private static boolean isLoadSaturated(Row row) {
    Summary summary = row.summary();
    Spread load = summary == null ? null : summary.loadBusy();
    return load != null && load.median() > SATURATED;
  }
}
