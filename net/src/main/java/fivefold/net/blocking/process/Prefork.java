package fivefold.net.blocking.process;

import fivefold.net.loop.StreamServing;

/**
 * A fixed number of workers that accept by themselves. One that ends is replaced: at once when it
 * had lived for a while, after a pause that doubles when it had not, since what ends at once would
 * end at once again.
 */
final class Prefork implements Staffing {
  private static final long FIRST_PAUSE_NANOS = 100_000_000;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000_000L;
  private static final long LONG_LIFE_NANOS = 2_000_000_000L;

  /** Room for the connections of each worker: no two get the same id. */
  private static final int ID_BITS = 32;

  private final StreamServing serving;
  private final Staff staff;
  private final int listener;
  private final int wanted;
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private long startAtNanos;
  private long started;
  private boolean accepting = true;

  Prefork(StreamServing serving, Staff staff, int listener, int wanted) {
    this.serving = serving;
    this.staff = staff;
    this.listener = listener;
    this.wanted = wanted;
  }

  @Override
  public void begin() {
    startAtNanos = System.nanoTime();
    due();
  }

  @Override
  public boolean wantsToAccept() {
    return false;
  }

  @Override
  public void accept() {}

  @Override
  public long dueInNanos() {
    return accepting && staff.size() < wanted
        ? Math.max(0, startAtNanos - System.nanoTime())
        : Long.MAX_VALUE;
  }

  @Override
  public void due() {
    try {
      while (accepting && staff.size() < wanted) {
        staff.start(listener, started++ << ID_BITS);
      }
    } catch (Staff.StartFailure e) {
      serving.listener().warned("no worker could be started: " + e.getMessage());
      pause();
    }
  }

  @Override
  public void ended(WorkerProcess worker, int exitCode) {
    if (!accepting) {
      return;
    }
    if (worker.ageNanos() >= LONG_LIFE_NANOS) {
      pauseNanos = FIRST_PAUSE_NANOS;
      startAtNanos = System.nanoTime();
    } else {
      pause();
    }
    serving
        .listener()
        .warned(
            "worker "
                + worker
                + " "
                + Staff.describe(exitCode)
                + "; another one starts in "
                + dueInNanos() / 1_000_000
                + " ms");
  }

  private void pause() {
    startAtNanos = System.nanoTime() + pauseNanos;
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  @Override
  public void stopAccepting() {
    accepting = false;
  }
}
