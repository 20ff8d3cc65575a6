package fivefold.lab.exhibit.page;

import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.timeline.Activity;
import fivefold.lab.timeline.Chart;
import fivefold.lab.timeline.Lane;
import fivefold.lab.timeline.Span;
import fivefold.lab.timeline.TimeScale;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The lanes of an exhibit as a chart in the reader's language, whose time begins with them. */
final class LanesChart {
  private LanesChart() {}

  static Chart of(Figure.Lanes figure, Texts texts) {
    long begin = spans(figure).stream().mapToLong(Span::fromNanos).min().orElse(0);
    long end = spans(figure).stream().mapToLong(Span::toNanos).max().orElse(begin);
    Map<Activity, String> legend = new EnumMap<>(Activity.class);
    figure.legend().forEach((activity, words) -> legend.put(activity, texts.say(words)));
    return new Chart(
        texts.say(figure.caption()),
        figure.lanes().stream()
            .map(lane -> new Lane(texts.say(lane.label()), from(begin, lane.spans())))
            .toList(),
        List.of(),
        TimeScale.linear(0, Math.max(Math.max(1, figure.leastNanos()), end - begin)),
        legend);
  }

  private static List<Span> spans(Figure.Lanes figure) {
    return figure.lanes().stream().flatMap(lane -> lane.spans().stream()).toList();
  }

  private static List<Span> from(long begin, List<Span> spans) {
    return spans.stream()
        .map(span ->
            new Span(
                span.activity(), span.label(), span.fromNanos() - begin, span.toNanos() - begin))
        .toList();
  }
}
