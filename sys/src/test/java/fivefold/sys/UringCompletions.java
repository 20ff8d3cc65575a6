package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

/** Waits as a loop does: io_uring_enter(2) may come back early, for a signal (EINTR) or none. */
final class UringCompletions {
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private UringCompletions() {}

  /** Submits what there is, and returns when so many completions are there. */
  static void await(UringRing ring, int count) {
    long beganNanos = System.nanoTime();
    do {
      ring.submitAndWait(count, PATIENCE_NANOS);
      assertThat(System.nanoTime() - beganNanos)
          .as("%s of %s completions", ring.ready(), count)
          .isLessThan(PATIENCE_NANOS);
    } while (ring.ready() < count);
  }
}
