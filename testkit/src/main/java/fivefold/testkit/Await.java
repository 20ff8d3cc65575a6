package fivefold.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Waiting for a condition, never for a time. (Awaitility, which the tests of the other modules use,
 * is no named module, and this one is published.)
 */
public final class Await {
  /** Long enough for a busy machine; a test that passes never waits so long. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final long LOOK_EVERY_NANOS = 1_000_000;

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @throws AssertionError naming it, when it never does
   */
  public static void until(String what, Callable<Boolean> condition) {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      look();
    }
  }

  /**
   * Watches that something does not happen, for as long as it takes to believe that.
   *
   * @throws AssertionError as soon as the condition does not hold
   */
  public static void during(Duration window, String what, Callable<Boolean> condition) {
    long deadlineNanos = System.nanoTime() + window.toNanos();
    while (System.nanoTime() - deadlineNanos < 0) {
      if (!holds(condition)) {
        throw new AssertionError("no longer so: " + what);
      }
      look();
    }
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void look() {
    LockSupport.parkNanos(LOOK_EVERY_NANOS);
    if (Thread.interrupted()) {
      // JUnit's time limit: nothing here would end the wait otherwise.
      throw new AssertionError("interrupted");
    }
  }
}
