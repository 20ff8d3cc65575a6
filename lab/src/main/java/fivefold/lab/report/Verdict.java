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
  static Optional<Text> of(Point point) {
    List<Row> rows =
        point.rows().stream()
            .filter(row -> isComparable(row, point.settings().workload()))
            .sorted(Comparator.comparingDouble(Verdict::cpuMicros))
            .toList();
    if (rows.size() < 2) {
      return Optional.empty();
    }
    Row least = rows.getFirst();
    List<Text> alike = new ArrayList<>();
    List<Text> more = new ArrayList<>();
    for (Row row : rows.subList(1, rows.size())) {
      Ratio ratio = Ratio.within(row.rounds(), least.rounds(), RoundFigures::cpuMicros);
      if (ratio == null || ratio.verdict() == Ratio.Verdict.TOO_FEW_ROUNDS) {
        return Optional.of(new Text("Too few rounds to tell the models apart.", "轮数太少，无法区分各模型。"));
      }
      (ratio.verdict() == Ratio.Verdict.HIGHER ? more : alike).add(figures(row, ratio));
    }
    return Optional.of(text(point.settings().workload(), least, alike, more));
  }

  private static Text figures(Row row, Ratio ratio) {
    return Text.format(
        "%s (%s times, %s)",
        "%s（%s 倍，%s）", row.name(), Numbers.ratio(ratio), Numbers.interval(ratio));
  }

  private static Text text(Workload workload, Row least, List<Text> alike, List<Text> more) {
    // What does not differ significantly may take less in truth.
    Text text =
        Text.format(
            alike.isEmpty()
                ? "At %,d %s %s takes the least CPU time per request, %s us"
                : "At %,d %s %s has the lowest median of CPU time per request, %s us",
            alike.isEmpty()
                ? "在 %,d %s时，%s 每个请求用的 CPU 时间最少，%s 微秒"
                : "在 %,d %s时，%s 每个请求 CPU 时间的中位数最低，%s 微秒",
            workload.connections(),
            workload.connections() == 1
                ? new Text("connection", "个连接")
                : new Text("connections", "个连接"),
            least.name(),
            Numbers.compact(cpuMicros(least)));
    if (!alike.isEmpty()) {
      text =
          text.plus(
              Text.format(
                  alike.size() == 1
                      ? "; from it %s does not differ significantly"
                      : "; from it %s do not differ significantly",
                  "；%s与它没有显著差异",
                  Text.list(alike)));
    }
    if (!more.isEmpty()) {
      text = text.plus(Text.format(". More is taken by %s", "。用得更多的是 %s", Text.list(more)));
    }
    return text.plus(new Text(".", "。"));
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
}
