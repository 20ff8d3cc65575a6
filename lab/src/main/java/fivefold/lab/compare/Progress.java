package fivefold.lab.compare;

import java.time.Duration;

/** Hears what a comparison is doing. Called on the thread that runs it. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (activity, done, left) -> {};

  /**
   * Something has begun.
   *
   * @param activity such as {@code round 2 of 7: epoll}
   * @param done of the whole, from 0 to 1
   * @param left until the end, as far as can be foreseen
   */
  void at(String activity, double done, Duration left);
}
