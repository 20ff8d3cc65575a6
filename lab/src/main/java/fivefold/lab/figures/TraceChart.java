package fivefold.lab.figures;

import fivefold.lab.timeline.Activity;
import fivefold.lab.timeline.Chart;
import fivefold.lab.timeline.Lane;
import fivefold.lab.timeline.Mark;
import fivefold.lab.timeline.Span;
import fivefold.lab.timeline.TimeScale;
import fivefold.net.IoModel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Traces as charts: one with the thread and the kernel, and one with the threads of all models. */
final class TraceChart {
  /** Pieces of work with less between them are drawn as one. */
  private static final long TOGETHER_NANOS = 500;

  private final Texts texts;
  private final Map<Activity, String> legend = new EnumMap<>(Activity.class);

  TraceChart(Texts texts) {
    this.texts = texts;
    for (Activity activity : Activity.values()) {
      legend.put(activity, texts.of("legend." + activity.name()));
    }
  }

  /** One model's figure. */
  Chart of(Trace trace) {
    return new Chart(
        title(trace),
        List.of(new Lane(texts.of("lane.thread"), thread(trace)), kernel(trace)),
        List.of(
            new Mark(texts.of("mark.arrived"), 0),
            new Mark(texts.of("mark.handed"), trace.handedOverNanos())),
        scale(List.of(trace)),
        legend);
  }

  /** What each thread was in, on one axis. */
  Chart of(List<Trace> traces) {
    return new Chart(
        texts.of("all.title"),
        traces.stream().map(trace -> new Lane(trace.model().word(), thread(trace))).toList(),
        List.of(new Mark(texts.of("mark.arrived"), 0)),
        scale(traces),
        legend);
  }

  String title(Trace trace) {
    return texts.of("figure." + trace.model().family().name(), trace.model().word());
  }

  /** The beginning and the end at full width, and what lies between pressed together. */
  private static TimeScale scale(List<Trace> traces) {
    long lastAsked = traces.stream().mapToLong(Trace::askedNanos).max().orElseThrow();
    long end = traces.stream().mapToLong(trace -> trace.handling().toNanos()).max().orElseThrow();
    long margin = end / 4;
    // Who asked earlier than the last is cut off at the edge.
    long begin = traces.size() == 1 ? lastAsked : lastAsked - margin;
    return TimeScale.pressed(begin, lastAsked + margin, -margin, end);
  }

  private List<Span> thread(Trace trace) {
    List<Span> spans = new ArrayList<>();
    for (Step step : trace.steps()) {
      Span span = span(trace, step);
      if (!spans.isEmpty() && areOne(spans.getLast(), span)) {
        Span last = spans.removeLast();
        span = new Span(Activity.WORK, last.label(), last.fromNanos(), span.toNanos());
      }
      spans.add(span);
    }
    return spans;
  }

  private static boolean areOne(Span earlier, Span later) {
    return earlier.activity() == Activity.WORK
        && later.activity() == Activity.WORK
        && later.fromNanos() - earlier.toNanos() < TOGETHER_NANOS;
  }

  private Span span(Trace trace, Step step) {
    return switch (step.doing()) {
      case WORK -> span(Activity.WORK, texts.of("label.work"), step);
      case HANDLE -> span(Activity.HANDLE, "", step);
      case RECV -> span(receiving(trace, step), step.doing().call(), step);
      case SELECT, POLL, EPOLL_WAIT -> span(Activity.WAIT, step.doing().call(), step);
      case SIGTIMEDWAIT, IO_URING_ENTER -> span(Activity.ASK, step.doing().call(), step);
    };
  }

  private static Activity receiving(Trace trace, Step step) {
    if (step.result() < 0) {
      return Activity.ASK;
    }
    // Called before the bytes were there, it waited for them.
    return trace.model().family() == IoModel.Family.BLOCKING ? Activity.WAIT : Activity.COPY;
  }

  private static Span span(Activity activity, String label, Step step) {
    return new Span(activity, label, step.fromNanos(), step.toNanos());
  }

  /** Copies while a call of the thread does; where none does, until the completion was seen. */
  private Lane kernel(Trace trace) {
    List<Span> spans = new ArrayList<>();
    spans.add(new Span(Activity.WAIT, texts.of("label.phase1"), trace.askedNanos(), 0));
    List<Step> copying = trace.copyingCalls();
    boolean isWoken = trace.model().family() == IoModel.Family.BLOCKING;
    long from = copying.isEmpty() ? 0 : Math.max(0, copying.getFirst().fromNanos());
    long to = copying.isEmpty() ? trace.handedOverNanos() : copying.getFirst().toNanos();
    String label = texts.of(isWoken ? "label.phase2.wakes" : "label.phase2");
    spans.add(new Span(Activity.COPY, label, from, Math.max(from, to)));
    return new Lane(texts.of("lane.kernel"), spans);
  }
}
