package fivefold.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waiting for a condition, never for a time. */
public final class Await {
  /** Long enough for a busy machine; a test that passes never waits so long. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private Await() {}

  /** Returns as soon as the condition holds; fails, naming it, when it never does. */
  public static void until(String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(PATIENCE)
        .until(condition);
  }

  /**
   * Watches that something does not happen, for as long as it takes to believe that.
   *
   * @throws AssertionError as soon as the condition does not hold
   */
  public static void during(Duration window, String what, Callable<Boolean> condition) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .during(window)
        .atMost(window.plus(PATIENCE))
        .failFast(() -> !condition.call())
        .until(condition);
  }
}
