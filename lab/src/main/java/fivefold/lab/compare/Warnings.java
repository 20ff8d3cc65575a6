package fivefold.lab.compare;

import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Spread;
import fivefold.lab.record.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What makes the figures less certain, and what to do about it. */
final class Warnings {
  /** From here on the load generator is taken to be at its end. */
  static final double SATURATED = 0.95;

  /** Spread of CPU time per request, as a part of its median. */
  static final double NOISY_SPREAD = 0.2;

  /** Cores' worth of time that others used, or the hypervisor took. */
  static final double OTHER_CORES = 0.1;

  static final double STOLEN_CORES = 0.02;

  /** An open loop that had less of its requests answered than this was too fast for the server. */
  static final double KEPT_UP = 0.95;

  /** A generator that is later than this, and by this part of the latency, is heard in it. */
  static final double LATE_MICROS = 200;

  static final double LATE_SHARE = 0.1;

  private Warnings() {}

  static List<String> of(Settings settings, List<Row> rows) {
    List<String> warnings = new ArrayList<>(settings.notes());
    placement(settings, warnings);
    Double rate = settings.workload().rate();
    if (rate == null) {
      add(
          warnings,
          names(rows, summary -> isLoadSaturated(summary, serverCores(settings))),
          "the load generator was at its limit with %s: there requests/s is the generator's, not the"
              + " server's; compare CPU time per request");
    } else {
      openLoop(rate, rows, warnings);
    }
    add(
        warnings,
        names(rows, summary -> summary.errors() > 0),
        "errors with %s: their figures are of little worth");
    add(
        warnings,
        rows.stream().filter(row -> row.error() != null).map(Row::name).toList(),
        "not finished: %s; the reason stands in the row");
    noise(rows, warnings);
    add(
        warnings,
        names(rows, summary -> isWide(summary.cpuMicros())),
        "CPU time per request differs from round to round by more than "
            + Math.round(NOISY_SPREAD * 100)
            + "% with %s; a quieter machine, or a longer --duration, narrows it");
    return warnings;
  }

  private static void openLoop(double rate, List<Row> rows, List<String> warnings) {
    add(
        warnings,
        names(rows, summary -> summary.requestsPerSecond().median() < KEPT_UP * rate),
        String.format(Locale.ROOT, "%,.0f", rate)
            + " requests/s were not answered by %s: requests wait longer for as long as the load"
            + " lasts, so these latencies tell of the overload and of --duration");
    add(
        warnings,
        names(rows, Warnings::isLate),
        "the load generator began requests late with %s: their latency has its delay in it; ask for"
            + " a lower --rate");
  }

  static boolean isLate(Summary summary) {
    Spread late = summary.lateMicros();
    Spread latency = summary.p99Micros();
    return late != null
        && latency != null
        && late.median() > LATE_MICROS
        && late.median() > LATE_SHARE * latency.median();
  }

  private static void placement(Settings settings, List<String> warnings) {
    if (settings.serverCores() == null) {
      warnings.add(
          "servers and load share the processors: each takes time from the other; two cores, and"
              + " Linux, keep them apart");
    } else if (settings.loops() > serverCores(settings)) {
      warnings.add(
          settings.loops()
              + " loops of each server share core "
              + settings.serverCores()
              + "; more loops than cores gain nothing");
    }
  }

  /** How many processors a server has; one when they are not known. */
  private static int serverCores(Settings settings) {
    String cores = settings.serverCores();
    return cores == null ? 1 : CorePlan.parse(cores).cardinality();
  }

  private static void noise(List<Row> rows, List<String> warnings) {
    double other = median(rows, RoundFigures::otherCores);
    if (other > OTHER_CORES) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the machine was not quiet: other processes used %.2f cores; stop them, and compare"
                  + " again",
              other));
    }
    double stolen = median(rows, RoundFigures::stolenCores);
    if (stolen > STOLEN_CORES) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the hypervisor took %.2f cores' worth of time for other guests",
              stolen));
    }
  }

  static boolean isLoadSaturated(Summary summary, int serverCores) {
    Spread load = summary.loadBusy();
    Spread server = summary.serverCores();
    return load != null
        && load.median() > SATURATED
        && (server == null || server.median() < SATURATED * serverCores);
  }

  private static boolean isWide(@Nullable Spread spread) {
    return spread != null && spread.relativeWidth() > NOISY_SPREAD;
  }

  private static List<String> names(List<Row> rows, Predicate<Summary> condition) {
    List<String> names = new ArrayList<>();
    for (Row row : rows) {
      Summary summary = row.summary();
      if (summary != null && condition.test(summary)) {
        names.add(row.name());
      }
    }
    return names;
  }

  private static void add(List<String> warnings, List<String> names, String message) {
    if (!names.isEmpty()) {
      warnings.add(message.replace("%s", String.join(", ", names)));
    }
  }

  /** Over all rounds of all rows; 0 when nothing was measured. */
  private static double median(List<Row> rows, Function<RoundFigures, @Nullable Double> figure) {
    List<RoundFigures> all = rows.stream().flatMap(row -> row.rounds().stream()).toList();
    Spread spread = Spread.over(all, figure);
    return spread == null ? 0 : spread.median();
  }
}
