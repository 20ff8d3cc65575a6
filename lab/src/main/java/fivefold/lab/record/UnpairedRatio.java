package fivefold.lab.record;

import java.util.Arrays;

/**
 * How one figure compares between two runs, whose rounds have nothing to do with each other.
 *
 * <p>The estimate is the median of all ratios of a value now to a value before (Hodges and
 * Lehmann); its interval is that of the rank-sum test of Wilcoxon, Mann and Whitney, which assumes
 * nothing about the distribution but its shape's being the same: of the n times m sorted ratios the
 * k-th smallest and the k-th largest, with a confidence of {@code 1 - 2 P(U < k)}.
 */
final class UnpairedRatio {
  private UnpairedRatio() {}

  /**
   * Compares.
   *
   * @param now at least one value
   * @param before at least one value, all above 0
   */
  static Ratio of(double[] now, double[] before) {
    double[] ratios = new double[now.length * before.length];
    for (int i = 0; i < now.length; i++) {
      for (int j = 0; j < before.length; j++) {
        ratios[i * before.length + j] = now[i] / before[j];
      }
    }
    Arrays.sort(ratios);
    double[] below = cumulated(now.length, before.length);
    int k = 1;
    while (2 * (k + 1) <= ratios.length && 1 - 2 * below[k] >= MedianInterval.WANTED_CONFIDENCE) {
      k++;
    }
    return Ratio.ofInterval(
        Spread.of(ratios),
        new MedianInterval(
            ratios[k - 1], ratios[ratios.length - k], Math.max(0, 1 - 2 * below[k - 1])));
  }

  /**
   * P(U <= u) for each u when both samples are alike, by Mann and Whitney's recurrence on which
   * sample has the largest value.
   */
  static double[] cumulated(int n, int m) {
    double[][] before = new double[m + 1][];
    for (int j = 0; j <= m; j++) {
      before[j] = new double[] {1}; // an empty first sample: U is 0
    }
    for (int i = 1; i <= n; i++) {
      double[][] counts = new double[m + 1][];
      counts[0] = new double[] {1};
      for (int j = 1; j <= m; j++) {
        counts[j] = new double[i * j + 1];
        for (int u = 0; u <= i * j; u++) {
          // The largest is of the first sample: it exceeds all j of the second; or it is of those.
          double first = u >= j && u - j < before[j].length ? before[j][u - j] : 0;
          double second = u < counts[j - 1].length ? counts[j - 1][u] : 0;
          counts[j][u] = (first * i + second * j) / (i + j);
        }
      }
      before = counts;
    }
    double[] sums = before[m];
    for (int u = 1; u < sums.length; u++) {
      sums[u] += sums[u - 1];
    }
    return sums;
  }
}
