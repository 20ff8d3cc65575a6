package fivefold.testkit;

import java.io.IOException;
import java.time.Duration;

/**
 * Tests of time limits must be on time themselves. On a machine that is busy with something else a
 * lively peer may truly be silent for longer than allowed; such a round says nothing and is
 * repeated.
 *
 * <pre>{@code
 * OnTime.within(timeout.dividedBy(2), pulse -> {
 *   while (!over()) {
 *     move();
 *     pulse.beat();
 *   }
 * });
 * }</pre>
 */
public final class OnTime {
  private static final int ATTEMPTS = 5;

  private long lastNanos = System.nanoTime();
  private long longestPauseNanos;

  private OnTime() {}

  /** One round of a test; on one thread. */
  public interface Round {
    void run(OnTime pulse) throws Exception;
  }

  /** Runs the round; again when it failed and was late itself between two beats. */
  public static void within(Duration pause, Round round) throws Exception {
    for (int attempt = 1; ; attempt++) {
      OnTime pulse = new OnTime();
      try {
        round.run(pulse);
        return;
      } catch (IOException | AssertionError e) {
        pulse.beat();
        if (attempt == ATTEMPTS || pulse.longestPauseNanos < pause.toNanos()) {
          throw e;
        }
      }
    }
  }

  /** To be called often. */
  public void beat() {
    long nowNanos = System.nanoTime();
    longestPauseNanos = Math.max(longestPauseNanos, nowNanos - lastNanos);
    lastNanos = nowNanos;
  }
}
