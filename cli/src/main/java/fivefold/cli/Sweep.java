package fivefold.cli;

import fivefold.lab.compare.Comparison;
import fivefold.lab.compare.Contender;
import fivefold.lab.compare.CorePlan;
import fivefold.lab.compare.Progress;
import fivefold.lab.record.Results;
import fivefold.lab.record.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons one after another, that differ in one part of their work; mostly only one. */
final class Sweep {
  private final List<Setting> settings;
  private final StopSignals signals;

  /** One comparison. */
  record Setting(Settings settings, List<Contender> contenders, @Nullable CorePlan cores) {
    Comparison comparison(Progress progress) {
      return new Comparison(settings, contenders, cores, progress);
    }

    Duration expectedTime() {
      return comparison(Progress.NONE).expectedTime();
    }
  }

  Sweep(List<Setting> settings, StopSignals signals) {
    this.settings = settings;
    this.signals = signals;
  }

  /** About how long all of it will take. */
  Duration expectedTime() {
    return timeFrom(0);
  }

  private Duration timeFrom(int index) {
    return settings.subList(index, settings.size()).stream()
        .map(Setting::expectedTime)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Runs them; a signal ends the one under way, and begins no more. */
  Results run(Progress progress) throws IOException, InterruptedException {
    List<Results> results = new ArrayList<>();
    for (int i = 0; i < settings.size() && (i == 0 || !signals.haveCome()); i++) {
      Comparison comparison = settings.get(i).comparison(part(progress, i));
      signals.onFirst(comparison::stop);
      results.add(comparison.run());
    }
    return Results.sweep(results);
  }

  /** The progress of one as a part of the whole. */
  private Progress part(Progress whole, int index) {
    int count = settings.size();
    if (count == 1) {
      return whole;
    }
    Duration later = timeFrom(index + 1);
    double wholeSeconds = Math.max(1e-3, seconds(timeFrom(0)));
    return (activity, done, left) ->
        whole.at(
            "setting " + (index + 1) + " of " + count + ", " + activity,
            Math.clamp(1 - seconds(left.plus(later)) / wholeSeconds, 0, 1),
            left.plus(later));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }
}
