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
  record Setting(Settings settings, List<Contender> contenders, @Nullable CorePlan cores) {}

  Sweep(List<Setting> settings, StopSignals signals) {
    this.settings = settings;
    this.signals = signals;
  }

  /** Runs them; a signal ends the one under way, and begins no more. */
  Results run(Progress progress) throws IOException, InterruptedException {
    List<Results> results = new ArrayList<>();
    for (int i = 0; i < settings.size() && (i == 0 || !signals.haveCome()); i++) {
      Setting setting = settings.get(i);
      Comparison comparison =
          new Comparison(
              setting.settings(), setting.contenders(), setting.cores(), part(progress, i));
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
    Duration[] each = new Duration[1];
    return (activity, done, left) -> {
      if (each[0] == null) {
        each[0] = left; // the first call comes before anything is done
      }
      whole.at(
          "setting " + (index + 1) + " of " + count + ", " + activity,
          (index + done) / count,
          left.plus(each[0].multipliedBy(count - index - 1)));
    };
  }
}
