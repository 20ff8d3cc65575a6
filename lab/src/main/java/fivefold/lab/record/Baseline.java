package fivefold.lab.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has changed since an earlier run, beyond noise.
 *
 * <p>Rows are compared by name, at the workloads that both runs have. The rounds tell of the noise
 * within a run; from run to run a machine and a JVM differ by more than that, so a change must
 * exceed a tolerance, too. CPU time per request is judged always; requests per second only where
 * the machine was quiet in both runs, and so is p99, which besides needs an open loop.
 */
public final class Baseline {
  /** Cores' worth of time that others used, from which on a machine is not quiet. */
  private static final double OTHER_CORES = 0.1;

  private final Results before;
  private final double tolerance;

  private record Rule(
      Change.Figure figure,
      Function<RoundFigures, @Nullable Double> value,
      boolean lessIsBetter,
      boolean spoiledByOthers,
      boolean openLoopOnly) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(Change.Figure.CPU, RoundFigures::cpuMicros, true, false, false),
          new Rule(Change.Figure.THROUGHPUT, RoundFigures::requestsPerSecond, false, true, false),
          new Rule(Change.Figure.P99, RoundFigures::p99Micros, true, true, true));

  /**
   * A run to compare with.
   *
   * @param tolerance the relative change that is no news, such as 0.1
   */
  public Baseline(Results before, double tolerance) {
    this.before = before;
    this.tolerance = tolerance;
  }

  /** The changes, or their absence; empty when the runs have nothing in common. */
  public List<Change> changes(Results now) {
    List<Change> changes = new ArrayList<>();
    for (Point point : now.points()) {
      Workload workload = point.settings().workload();
      for (Row row : point.rows()) {
        find(workload, row.name()).ifPresent(old -> compare(workload, old, row, changes));
      }
    }
    return changes;
  }

  /** Whether any row of such a setting could be compared. */
  public boolean covers(Settings settings) {
    return settings.models().stream().anyMatch(name -> find(settings.workload(), name).isPresent());
  }

  private Optional<Row> find(Workload workload, String name) {
    return before.points().stream()
        .filter(point -> point.settings().workload().equals(workload))
        .flatMap(point -> point.rows().stream())
        .filter(row -> row.name().equals(name) && !row.rounds().isEmpty())
        .findFirst();
  }

  private void compare(Workload workload, Row old, Row row, List<Change> changes) {
    for (Rule rule : RULES) {
      double[] then = values(old, rule);
      double[] now = values(row, rule);
      if (then.length == 0) {
        continue;
      }
      double median = Spread.of(then).median();
      if (now.length > 0 && row.error() == null) {
        Ratio ratio = UnpairedRatio.of(now, then);
        changes.add(
            new Change(
                workload,
                row.name(),
                rule.figure(),
                median,
                Spread.of(now).median(),
                ratio,
                verdict(rule, ratio, workload.rate() != null, isQuiet(old) && isQuiet(row))));
      } else if (row.rounds().isEmpty() || row.error() != null) {
        changes.add(
            new Change(
                workload, row.name(), rule.figure(), median, null, null, Change.Verdict.WORSE));
        return;
      }
    }
  }

  private static double[] values(Row row, Rule rule) {
    return row.rounds().stream()
        .map(rule.value())
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .filter(value -> value > 0)
        .toArray();
  }

  /** As far as is known. */
  private static boolean isQuiet(Row row) {
    Spread others = Spread.over(row.rounds(), RoundFigures::otherCores);
    return others == null || others.median() <= OTHER_CORES;
  }

  private Change.Verdict verdict(Rule rule, Ratio ratio, boolean openLoop, boolean quiet) {
    return switch (ratio.verdict()) {
      case TOO_FEW_ROUNDS -> Change.Verdict.TOO_FEW_ROUNDS;
      case LOWER, HIGHER -> beyondNoise(rule, ratio, openLoop, quiet);
      default -> Change.Verdict.NO_SIGNIFICANT_DIFFERENCE;
    };
  }

  private Change.Verdict beyondNoise(Rule rule, Ratio ratio, boolean openLoop, boolean quiet) {
    // As factors: half as fast is as far away as twice as fast.
    if (Math.max(ratio.median(), 1 / ratio.median()) <= 1 + tolerance) {
      return Change.Verdict.SMALL;
    }
    boolean better = (ratio.median() < 1) == rule.lessIsBetter();
    if (better) {
      return Change.Verdict.BETTER;
    }
    if (rule.openLoopOnly() && !openLoop) {
      return Change.Verdict.CLOSED_LOOP;
    }
    return rule.spoiledByOthers() && !quiet ? Change.Verdict.NOT_QUIET : Change.Verdict.WORSE;
  }
}
