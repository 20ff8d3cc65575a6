package fivefold.cli;

import java.time.Duration;

/** Says in one line that a flag's value is out of its range. */
final class FlagRange {
  private FlagRange() {}

  /** From 1 on. */
  static void whole(String option, int value, int limit) {
    if (value < 1 || value > limit) {
      throw new UsageException(option + " is " + value + "; expected 1 to " + limit);
    }
  }

  static void time(String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new UsageException(
          option
              + " is "
              + TimeSpan.text(value)
              + "; expected "
              + TimeSpan.text(least)
              + " to "
              + TimeSpan.text(most));
    }
  }
}
