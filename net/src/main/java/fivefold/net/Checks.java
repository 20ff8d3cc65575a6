package fivefold.net;

import java.time.Duration;

/** The one wording for an option out of range. */
final class Checks {
  /** A hundred years: what is added to a clock in nanoseconds must not pass its end. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Checks() {}

  static int atLeast(String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(what + " is " + value + "; expected at least " + least);
    }
    return value;
  }

  static int between(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " is " + value + "; expected " + least + " to " + most);
    }
    return value;
  }

  static Duration positive(String what, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(what + " is " + value + "; expected more than zero");
    }
    return notTooLong(what, value);
  }

  static Duration notNegative(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(what + " is " + value + "; expected zero or more");
    }
    return notTooLong(what, value);
  }

  private static Duration notTooLong(String what, Duration value) {
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(what + " is " + value + "; expected at most " + LONGEST);
    }
    return value;
  }
}
