package fivefold.lab.timeline;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lanes of spans over one axis of time.
 *
 * <pre>{@code
 * Chart chart = new Chart(
 *     "Three tasks",
 *     List.of(new Lane("thread 1", List.of(new Span(Activity.WAIT, "recv", 0, 50_000_000)))),
 *     List.of(new Mark("all done", 150_000_000)),
 *     TimeScale.linear(0, 150_000_000),
 *     Map.of(Activity.WAIT, "waits"));
 * new TerminalChart(100, true).lines(chart).forEach(System.out::println);
 * String svg = SvgChart.document(chart);
 * }</pre>
 *
 * @param legend what each activity is called; those that no lane has are left out
 */
public record Chart(
    String title,
    List<Lane> lanes,
    List<Mark> marks,
    TimeScale scale,
    Map<Activity, String> legend) {

  /** Copies the lists. */
  public Chart {
    lanes = List.copyOf(lanes);
    marks = List.copyOf(marks);
    legend = Map.copyOf(legend);
  }

  /** What is done in some lane, in the order of {@link Activity}. */
  Set<Activity> activities() {
    EnumSet<Activity> seen = EnumSet.noneOf(Activity.class);
    lanes.forEach(lane -> lane.spans().forEach(span -> seen.add(span.activity())));
    return seen;
  }

  String legendOf(Activity activity) {
    return legend.getOrDefault(activity, activity.name());
  }
}
