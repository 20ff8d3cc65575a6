package fivefold.lab.load;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What is counted while the load runs. Belongs to the load's thread. */
final class Tally {
  /** Latencies above are entered as this; longer than any window. */
  private static final long LATENCY_LIMIT_NANOS = 600_000_000_000L;

  private static final int SIGNIFICANT_DIGITS = 3;

  final Histogram latencyNanos = new Histogram(LATENCY_LIMIT_NANOS, SIGNIFICANT_DIGITS);

  /** How late the generator itself was in an open loop. */
  final Histogram lateNanos = new Histogram(LATENCY_LIMIT_NANOS, SIGNIFICANT_DIGITS);

  /** Where each request is written down; null for nowhere. */
  final @Nullable RequestLog log;

  /** The window is open. */
  private boolean measuring;

  /** The window is open, or has been. */
  private boolean windowOpened;

  private long windowStartNanos;

  /** Until all connections were open. */
  double openNanos = Double.NaN;

  long requests;

  /** Requests answered since the start, in the window or not. */
  long completed;

  /** Requests of an open loop that began in the window and were never sent. */
  long unsent;

  long failures;
  long mismatches;
  long lost;
  @Nullable String firstFailure;

  Tally() {
    this(null);
  }

  Tally(@Nullable RequestLog log) {
    this.log = log;
  }

  void openWindow(long nowNanos) {
    measuring = true;
    windowOpened = true;
    windowStartNanos = nowNanos;
  }

  /**
   * A request has been answered. Its latency counts when it began in the window, also when the
   * answer comes after it: else the longest would be missing. One that began before the window may
   * have waited while the window was being opened.
   */
  void completed(long startNanos, long nowNanos) {
    completed++;
    if (measuring) {
      requests++;
    }
    waited(startNanos, nowNanos);
  }

  /** The same of a connection that is slow on purpose: its latency says nothing of the server. */
  void completedAside() {
    completed++;
    if (measuring) {
      requests++;
    }
  }

  /** One that was never sent: it took at least as long as this. */
  void unsent(long dueNanos, long nowNanos) {
    if (waited(dueNanos, nowNanos)) {
      unsent++;
    }
  }

  private boolean waited(long startNanos, long nowNanos) {
    if (!windowOpened || startNanos - windowStartNanos < 0) {
      return false;
    }
    latencyNanos.recordValue(Math.clamp(nowNanos - startNanos, 0, LATENCY_LIMIT_NANOS));
    return true;
  }

  /** A request that nothing but the generator held back has begun so late. */
  void late(long nanos) {
    if (measuring) {
      lateNanos.recordValue(Math.clamp(nanos, 0, LATENCY_LIMIT_NANOS));
    }
  }

  void closeWindow() {
    measuring = false;
  }

  void mismatch(String what) {
    mismatches++;
    if (firstFailure == null) {
      firstFailure = what;
    }
  }

  void failed(String what) {
    failures++;
    if (firstFailure == null) {
      firstFailure = what;
    }
  }
}
