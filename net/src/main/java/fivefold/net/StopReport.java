package fivefold.net;

/**
 * What stopping a server found.
 *
 * @param drained connections that finished and closed in order
 * @param aborted connections cut off at the deadline
 * @param lostBytes bytes that still waited for those
 * @param tookNanos how long the stop took
 */
public record StopReport(int drained, int aborted, long lostBytes, long tookNanos) {
  @Override
  public String toString() {
    return drained
        + " drained, "
        + aborted
        + " aborted, "
        + lostBytes
        + " bytes lost, in "
        + tookNanos / 1_000_000
        + " ms";
  }
}
