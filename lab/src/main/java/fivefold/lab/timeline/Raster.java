package fivefold.lab.timeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A lane on a line of cells: each shows what most of its time goes to, so that a thousand calls of
 * a microsecond look neither like one call nor like nothing. A short span that would be lost is
 * given a cell: each of them where there are few, else one if nothing of its kind is seen nearby.
 */
final class Raster {
  /** Of the width: how near its like must be for a short span to be left out. */
  private static final double NEARBY = 0.08;

  /** Cells for each span of a kind, from which on they are few. */
  private static final int CELLS_FOR_EACH = 4;

  private final int width;
  private final List<Span> shortLast;
  private final TimeScale scale;
  private final @Nullable Activity[] cells;

  Raster(Lane lane, TimeScale scale, int width) {
    this.width = width;
    this.scale = scale;
    this.cells = new Activity[width];
    this.shortLast =
        lane.spans().stream().sorted(Comparator.comparingLong(Span::nanos).reversed()).toList();
    fill();
    Map<Activity, Long> counts =
        shortLast.stream().collect(Collectors.groupingBy(Span::activity, Collectors.counting()));
    for (Span span : shortLast) {
      boolean isOneOfFew = counts.getOrDefault(span.activity(), 0L) * CELLS_FOR_EACH <= width;
      showIfLost(span, isOneOfFew ? 1 : (int) Math.max(1, NEARBY * width));
    }
  }

  private void fill() {
    Map<Activity, double[]> shares = new EnumMap<>(Activity.class);
    double[] best = new double[width];
    for (Span span : shortLast) {
      double from = scale.at(span.fromNanos()) * width;
      double to = scale.at(span.toNanos()) * width;
      double[] shared = shares.computeIfAbsent(span.activity(), _ -> new double[width]);
      for (int i = (int) from; i < width && i < to; i++) {
        shared[i] += Math.min(to, i + 1) - Math.max(from, i);
        // Less than half of a cell's time is nothing.
        if (shared[i] >= 0.5 && shared[i] >= best[i]) {
          best[i] = shared[i];
          cells[i] = span.activity();
        }
      }
    }
  }

  private void showIfLost(Span span, int reach) {
    int at = Math.min(width - 1, (int) (scale.at(span.fromNanos()) * width));
    for (int i = Math.max(0, at - reach); i <= Math.min(width - 1, at + reach); i++) {
      if (cells[i] == span.activity()) {
        return;
      }
    }
    cells[at] = span.activity();
  }

  /** Cells beside each other that show the same. */
  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < width; ) {
      Activity activity = cells[i];
      int from = i++;
      while (i < width && cells[i] == activity) {
        i++;
      }
      if (activity != null) {
        runs.add(run(activity, from, i));
      }
    }
    return runs;
  }

  /** By the longest of its spans; not in which a run ends that another has cut off. */
  private Run run(Activity activity, int from, int to) {
    Span longest = null;
    int count = 0;
    for (Span span : shortLast) {
      double begin = scale.at(span.fromNanos()) * width;
      double end = scale.at(span.toNanos()) * width;
      boolean isHere = span.activity() == activity && begin < to && end >= from;
      if (isHere) {
        count++;
        longest = longest == null ? span : longest;
      }
    }
    return new Run(
        activity,
        from,
        to,
        longest == null ? "" : longest.label(),
        count,
        longest == null ? 0 : longest.nanos());
  }

  /**
   * What is drawn as one piece.
   *
   * @param count how many spans it shows
   * @param longestNanos how long the longest of them is
   */
  record Run(
      Activity activity, int fromCell, int toCell, String label, int count, long longestNanos) {}
}
