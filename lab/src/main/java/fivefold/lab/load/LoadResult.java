package fivefold.lab.load;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What the load saw.
 *
 * @param windowNanos the true length of the window; 0 when there was none
 * @param requests answered in the window
 * @param latencyNanos of the requests that began in the window; in an open loop from when they
 *     should have begun
 * @param lateNanos in an open loop: how late the generator was with requests that only it held back
 * @param unsent in an open loop: requests due in the window that had not been sent when it closed;
 *     their latency is what they had waited by then
 * @param busy CPU time of the load's thread over the window; near 1 it is the bottleneck; NaN when
 *     the JVM cannot say. In an open loop it spins while it waits, so look at {@code lateNanos}
 * @param failures connections that could not be opened, broke, or were closed by the server
 * @param mismatches pieces of replies that differ from what was due
 * @param lost datagrams that did not come back in a second
 * @param unanswered connections that were owed a reply when none came any more
 * @param firstFailure what the first was that went wrong, as far as there is something to say of it
 * @param openNanos how long it took until all connections were open, each with its first reply; NaN
 *     when some never were
 * @param stopped whether it was stopped before its time
 */
public record LoadResult(
    long windowNanos,
    long requests,
    Histogram latencyNanos,
    Histogram lateNanos,
    long unsent,
    double busy,
    long failures,
    long mismatches,
    long lost,
    long unanswered,
    @Nullable String firstFailure,
    double openNanos,
    boolean stopped) {

  /** Requests per second of the window. */
  public double requestsPerSecond() {
    return windowNanos == 0 ? 0 : requests * 1e9 / windowNanos;
  }

  /** All that went wrong. */
  public long errors() {
    return failures + mismatches + lost + unanswered;
  }
}
