package fivefold.lab.record;

import java.util.Arrays;

/**
 * A distribution-free confidence interval for a median: two of the sorted values themselves.
 *
 * <p>Each value lies below the true median with probability 1/2, whatever the distribution, so how
 * many do is binomial. The interval from the k-th smallest to the k-th largest of n values misses
 * the median only when fewer than k fall on one side of it: it covers with probability {@code 1 - 2
 * P(B(n, 1/2) < k)}. Taken is the largest k, that is the narrowest interval, with at least {@value
 * #WANTED_CONFIDENCE}; below {@value #MINIMUM_VALUES} values there is none, and the ends are taken
 * with the confidence they do have. (Hahn and Meeker, <i>Statistical Intervals</i>, ch. 5.)
 *
 * @param confidence of the interval, from 0 to 1
 */
public record MedianInterval(double low, double high, double confidence) {
  /** The confidence asked for. */
  public static final double WANTED_CONFIDENCE = 0.95;

  /** The fewest values from which an interval of that confidence can be had: 1 - 2/2^6 = 0.969. */
  public static final int MINIMUM_VALUES = 6;

  /** The interval of some values, at least one. */
  public static MedianInterval of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    int k = 1;
    while (2 * (k + 1) <= n && confidence(n, k + 1) >= WANTED_CONFIDENCE) {
      k++;
    }
    return new MedianInterval(sorted[k - 1], sorted[n - k], confidence(n, k));
  }

  /** Whether the confidence is what was asked for. */
  public boolean isConfident() {
    return confidence >= WANTED_CONFIDENCE;
  }

  static double confidence(int n, int k) {
    double term = Math.pow(0.5, n); // P(B = 0)
    double below = 0;
    for (int i = 0; i < k; i++) {
      below += term;
      term = term * (n - i) / (i + 1);
    }
    return Math.max(0, 1 - 2 * below);
  }
}
