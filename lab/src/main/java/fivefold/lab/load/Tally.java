package fivefold.lab.load;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What is counted while the load runs. Belongs to the load's thread. */
final class Tally {
  /** Latencies above are entered as this; longer than any window. */
  private static final long LATENCY_LIMIT_NANOS = 600_000_000_000L;

  private static final int SIGNIFICANT_DIGITS = 3;

  final Histogram latencyNanos = new Histogram(LATENCY_LIMIT_NANOS, SIGNIFICANT_DIGITS);

  /** The window is open. */
  boolean measuring;

  long windowStartNanos;
  long requests;

  /** Requests answered since the start, in the window or not. */
  long completed;

  long failures;
  long mismatches;
  @Nullable String firstFailure;

  void openWindow(long nowNanos) {
    measuring = true;
    windowStartNanos = nowNanos;
  }

  /** A request has been answered. */
  void completed(long startNanos, long nowNanos) {
    completed++;
    if (!measuring) {
      return;
    }
    requests++;
    // One that began before the window may have waited while the window was being opened.
    if (startNanos - windowStartNanos >= 0) {
      latencyNanos.recordValue(Math.min(nowNanos - startNanos, LATENCY_LIMIT_NANOS));
    }
  }

  void failed(String what) {
    failures++;
    if (firstFailure == null) {
      firstFailure = what;
    }
  }
}
