package fivefold.cli.progress;

import fivefold.lab.crowd.CrowdObserver;
import java.io.PrintStream;

/** A crowd for a log or a pipe: a line now and then. */
public final class CrowdLines implements CrowdObserver {
  private static final long PAUSE_NANOS = 5_000_000_000L;

  private final PrintStream out;
  private long nextNanos;
  private String phase = "";

  /** Prints every five seconds, and when something else begins. */
  public CrowdLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void at(Moment moment) {
    long nowNanos = System.nanoTime();
    if (!moment.phase().equals(phase) || nowNanos - nextNanos >= 0) {
      phase = moment.phase();
      nextNanos = nowNanos + PAUSE_NANOS;
      out.println("fivefold: " + text(moment));
    }
  }

  static String text(CrowdObserver.Moment moment) {
    return "%s %,d of %,d, %,d a second, server %,d MB, kernel %,d MB, %d s left"
        .formatted(
            moment.phase(),
            moment.done(),
            moment.of(),
            moment.perSecond(),
            moment.serverBytes() >> 20,
            moment.kernelBytes() >> 20,
            moment.leftSeconds());
  }
}
