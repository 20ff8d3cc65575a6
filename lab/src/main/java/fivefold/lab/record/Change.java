package fivefold.lab.record;

import org.jspecify.annotations.Nullable;

/**
 * One figure of one row, before and now.
 *
 * @param workload at which
 * @param row its name
 * @param before the median then
 * @param now the median now; null when the row has failed
 * @param ratio of now to before; null when the row has failed
 */
public record Change(
    Workload workload,
    String row,
    Figure figure,
    double before,
    @Nullable Double now,
    @Nullable Ratio ratio,
    Verdict verdict) {

  /** What is compared. */
  public enum Figure {
    /** The server's CPU time per request. */
    CPU,
    /** Requests per second. */
    THROUGHPUT,
    /** The latency that 99 of 100 requests stay below. */
    P99
  }

  /** What may be said. */
  public enum Verdict {
    /** The interval holds 1. */
    NO_SIGNIFICANT_DIFFERENCE,
    /** Too few rounds for an interval that could decide. */
    TOO_FEW_ROUNDS,
    /** The interval does not hold 1, but the difference is tolerated. */
    SMALL,
    /** Beyond noise and tolerance. */
    BETTER,
    /** Worse beyond noise and tolerance, in a figure that in a closed loop is too restless. */
    CLOSED_LOOP,
    /** The same in a figure that others can spoil, on a machine that was not quiet. */
    NOT_QUIET,
    /** Beyond noise and tolerance, or not measured any more: a regression. */
    WORSE
  }
}
