package fivefold.lab.compare;

import java.time.Duration;

/** How much is done, and how long the rest will take. */
final class Schedule {
  private final Progress progress;
  private final int lanes;
  private final Duration startTime;
  private final int rounds;
  private final Duration measureTime;
  private int started;
  private int measured;

  Schedule(Progress progress, int lanes, Duration startTime, int rounds, Duration measureTime) {
    this.progress = progress;
    this.lanes = lanes;
    this.startTime = startTime;
    this.rounds = rounds;
    this.measureTime = measureTime;
  }

  void starting(String name) {
    tell("start and warm up: " + name);
    started++;
  }

  void measuring(int round, String name) {
    tell("round " + round + " of " + rounds + ": " + name);
    measured++;
  }

  private void tell(String activity) {
    Duration left =
        startTime
            .multipliedBy(lanes - started)
            .plus(measureTime.multipliedBy((long) lanes * rounds - measured));
    progress.at(activity, 1 - (double) left.toMillis() / Math.max(1, whole().toMillis()), left);
  }

  Duration whole() {
    return startTime.multipliedBy(lanes).plus(measureTime.multipliedBy((long) lanes * rounds));
  }
}
