package fivefold.lab.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One model over all its rounds.
 *
 * @param errors of all rounds together
 * @param cpuRatio of CPU time per request to the reference row's
 * @param throughputRatio of requests per second to the reference row's
 */
public record Summary(
    Spread requestsPerSecond,
    @Nullable Spread p50Micros,
    @Nullable Spread p90Micros,
    @Nullable Spread p99Micros,
    @Nullable Spread p999Micros,
    @Nullable Spread maxMicros,
    @Nullable Spread cpuMicros,
    @Nullable Spread userMicros,
    @Nullable Spread systemMicros,
    @Nullable Spread serverCores,
    @Nullable Spread loadBusy,
    @Nullable Spread contextSwitches,
    @Nullable Spread threads,
    @Nullable Spread rssBytes,
    @Nullable Spread lateMicros,
    @Nullable Spread openMillis,
    @Nullable Spread collectionMillis,
    long errors,
    @Nullable Ratio cpuRatio,
    @Nullable Ratio throughputRatio) {

  /**
   * Sums up.
   *
   * @param rounds of this row, at least one
   * @param reference the reference row's rounds, or null when it has none
   */
  public static Summary of(List<RoundFigures> rounds, @Nullable List<RoundFigures> reference) {
    Spread throughput =
        Spread.of(rounds.stream().mapToDouble(RoundFigures::requestsPerSecond).toArray());
    return new Summary(
        throughput,
        Spread.over(rounds, RoundFigures::p50Micros),
        Spread.over(rounds, RoundFigures::p90Micros),
        Spread.over(rounds, RoundFigures::p99Micros),
        Spread.over(rounds, RoundFigures::p999Micros),
        Spread.over(rounds, RoundFigures::maxMicros),
        Spread.over(rounds, RoundFigures::cpuMicros),
        Spread.over(rounds, RoundFigures::userMicros),
        Spread.over(rounds, RoundFigures::systemMicros),
        Spread.over(rounds, RoundFigures::serverCores),
        Spread.over(rounds, RoundFigures::loadBusy),
        Spread.over(rounds, RoundFigures::contextSwitches),
        Spread.over(rounds, RoundFigures::threads),
        Spread.over(rounds, RoundFigures::rssBytes),
        Spread.over(rounds, RoundFigures::lateMicros),
        Spread.over(rounds, RoundFigures::openMillis),
        Spread.over(rounds, RoundFigures::collectionMillis),
        rounds.stream().mapToLong(RoundFigures::errors).sum(),
        reference == null ? null : Ratio.within(rounds, reference, RoundFigures::cpuMicros),
        reference == null
            ? null
            : Ratio.within(rounds, reference, RoundFigures::requestsPerSecond));
  }
}
