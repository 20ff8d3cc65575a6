package fivefold.lab.figures;

import fivefold.lab.timeline.TimeScale;
import java.util.List;
import java.util.Map;

/** The sentences that stand above all figures. */
final class Words {
  private static final int KIB = 1024;

  private Words() {}

  static String machine(Texts texts, Figures figures) {
    return texts.of(
        "machine",
        figures.machine().cpu(),
        figures.machine().cores(),
        figures.machine().operatingSystem(),
        figures.machine().jdk());
  }

  static String intro(Texts texts, Figures figures) {
    Experiment experiment = figures.experiment();
    int bytes = experiment.bytes();
    return texts.of(
        "intro",
        bytes % KIB == 0 ? bytes / KIB + " KiB" : bytes + " B",
        TimeScale.text(experiment.delay().toNanos()),
        experiment.rounds());
  }

  static List<String> skipped(Texts texts, Figures figures) {
    return figures.skipped().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> texts.of("skipped", entry.getKey().word(), entry.getValue()))
        .toList();
  }
}
