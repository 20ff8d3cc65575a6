package fivefold.cli;

import java.util.concurrent.CountDownLatch;
import org.jline.utils.Signals;

/**
 * SIGTERM and SIGINT: the first asks for a stop in order, the second ends the process at once. A
 * signal that was ignored when the process started stays ignored.
 */
public final class StopSignals {
  /** What a shell expects of a process that a signal ended. */
  private static final int SIGNAL_EXIT_BASE = 128;

  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  private final CountDownLatch first = new CountDownLatch(1);
  private Runnable onFirst = () -> {};

  private StopSignals() {}

  static StopSignals install() {
    StopSignals signals = new StopSignals();
    Signals.register("TERM", () -> signals.arrived(SIGTERM));
    Signals.register("INT", () -> signals.arrived(SIGINT));
    return signals;
  }

  /** Waits for the first signal. */
  void await() throws InterruptedException {
    first.await();
  }

  /** Whether the first signal has come. */
  public boolean haveCome() {
    return first.getCount() == 0;
  }

  /** A stop was asked for in another way: the next signal ends the process at once. */
  public void stopRequested() {
    first.countDown();
  }

  /** Runs this when the first signal comes; at once when it has come. */
  public synchronized void onFirst(Runnable action) {
    onFirst = action;
    if (haveCome()) {
      action.run();
    }
  }

  private synchronized void arrived(int signal) {
    if (haveCome()) {
      Runtime.getRuntime().halt(SIGNAL_EXIT_BASE + signal);
    }
    first.countDown();
    onFirst.run();
  }
}
