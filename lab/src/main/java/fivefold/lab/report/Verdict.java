package fivefold.lab.report;

import fivefold.lab.record.Point;
import fivefold.lab.record.Ratio;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Spread;
import fivefold.lab.record.Summary;
import fivefold.lab.record.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the figures of one setting say, in words, with the figures behind each. Only CPU time per
 * request is spoken of: it does not depend on how fast the load generator is. Rows with errors, and
 * those whose connections were cut off, are left out.
 */
final class Verdict {
  private Verdict() {}

  /** One sentence or more; empty when there are not two rows to compare. */
  static Optional<String> of(Point point) {
    List<Row> rows =
        point.rows().stream()
            .filter(row -> isComparable(row, point.settings().workload()))
            .sorted(Comparator.comparingDouble(Verdict::cpuMicros))
            .toList();
    if (rows.size() < 2) {
      return Optional.empty();
    }
    Row least = rows.getFirst();
    List<String> alike = new ArrayList<>();
    List<String> more = new ArrayList<>();
    for (Row row : rows.subList(1, rows.size())) {
      Ratio ratio = Ratio.within(row.rounds(), least.rounds(), RoundFigures::cpuMicros);
      if (ratio == null || ratio.verdict() == Ratio.Verdict.TOO_FEW_ROUNDS) {
        return Optional.of("Too few rounds to tell the models apart.");
      }
      String figures = row.name() + " (" + factor(ratio) + ", " + Numbers.interval(ratio) + ")";
      (ratio.verdict() == Ratio.Verdict.HIGHER ? more : alike).add(figures);
    }
    return Optional.of(text(point.settings().workload(), least, alike, more));
  }

  private static String text(Workload workload, Row least, List<String> alike, List<String> more) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "At %,d %s %s %s CPU time per request, %s us",
            workload.connections(),
            workload.connections() == 1 ? "connection" : "connections",
            least.name(),
            // What does not differ significantly may take less in truth.
            alike.isEmpty() ? "takes the least" : "has the lowest median of",
            Numbers.compact(cpuMicros(least))));
    if (!alike.isEmpty()) {
      text.append("; from it ")
          .append(list(alike))
          .append(alike.size() == 1 ? " does" : " do")
          .append(" not differ significantly");
    }
    if (!more.isEmpty()) {
      text.append(". More is taken by ").append(list(more));
    }
    return text.append('.').toString();
  }

  private static boolean isComparable(Row row, Workload workload) {
    Summary summary = row.summary();
    return summary != null
        && summary.errors() == 0
        && row.error() == null
        && summary.cpuMicros() != null
        && row.connections() == workload.connections();
  }

  private static double cpuMicros(Row row) {
    Summary summary = row.summary();
    @Nullable Spread cpu = summary == null ? null : summary.cpuMicros();
    return cpu == null ? Double.NaN : cpu.median();
  }

  private static String factor(Ratio ratio) {
    return Numbers.ratio(ratio) + " times";
  }

  private static String list(List<String> names) {
    return names.size() == 1
        ? names.getFirst()
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }
}
