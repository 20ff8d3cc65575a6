package fivefold.lab.figures;

import fivefold.lab.timeline.TimeScale;
import fivefold.net.IoModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Facts in words: what was measured, and what is inferred. */
final class FactTexts {
  private final Texts texts;

  FactTexts(Texts texts) {
    this.texts = texts;
  }

  /** What the figure shows, in a sentence or two. */
  String sentence(Trace trace) {
    return texts.of("says." + trace.model().family().name());
  }

  /** A line for each. */
  List<String> lines(Trace trace) {
    Facts facts = Facts.of(trace);
    List<String> lines = new ArrayList<>();
    lines.add(
        texts.of(
            "measured.calls",
            facts.calls(),
            String.join(", ", facts.callNames()),
            facts.emptyCalls(),
            TimeScale.text(facts.phase1Nanos())));
    lines.add(
        texts.of(
            "measured.free",
            percent(facts.phase1FreeShare()),
            percent(facts.phase2FreeShare()),
            TimeScale.text(facts.phase2Nanos())));
    lines.add(copied(trace, facts));
    switch (trace.model().family()) {
      case SIGNAL_DRIVEN, ASYNCHRONOUS ->
          lines.add(texts.of("note." + trace.model().family().name()));
      default -> {}
    }
    return lines;
  }

  private String copied(Trace trace, Facts facts) {
    if (facts.copyingCall().isEmpty()) {
      return texts.of("copied.outside", TimeScale.text(facts.stallNanos()));
    }
    String call = facts.copyingCall().get();
    return trace.model().family() == IoModel.Family.BLOCKING
        ? texts.of("copied.in.waiting.call", call)
        : texts.of("copied.in.call", call, TimeScale.text(facts.copyingCallNanos()));
  }

  /** The words above the table's columns. */
  List<String> tableHead() {
    return List.of(
        texts.of("table.model"),
        texts.of("table.calls"),
        texts.of("table.empty"),
        texts.of("table.phase1"),
        texts.of("table.free1"),
        texts.of("table.phase2"),
        texts.of("table.free2"),
        texts.of("table.copied"));
  }

  List<String> tableRow(Trace trace) {
    Facts facts = Facts.of(trace);
    return List.of(
        trace.model().word(),
        Integer.toString(facts.calls()),
        Integer.toString(facts.emptyCalls()),
        TimeScale.text(facts.phase1Nanos()),
        percent(facts.phase1FreeShare()),
        TimeScale.text(facts.phase2Nanos()),
        percent(facts.phase2FreeShare()),
        facts.copyingCall().orElse(texts.of("table.none")));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }
}
