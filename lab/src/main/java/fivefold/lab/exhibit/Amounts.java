package fivefold.lab.exhibit;

import java.util.Arrays;
import java.util.Locale;

/** Measured amounts as text, the same in every language. */
final class Amounts {
  private Amounts() {}

  /** A time in the unit that fits it: {@code 12.3 ms}. */
  static String time(double nanos) {
    if (nanos < 1e3) {
      return number(nanos) + " ns";
    }
    if (nanos < 1e6) {
      return number(nanos / 1e3) + " µs";
    }
    return nanos < 1e9 ? number(nanos / 1e6) + " ms" : number(nanos / 1e9) + " s";
  }

  static String time(long nanos) {
    return time((double) nanos);
  }

  /** A number with about three digits: {@code 0.52}, {@code 12.3}, {@code 1,234}. */
  static String number(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String percent(double share) {
    return number(share * 100) + " %";
  }

  /** How many times as much; no amount below is ever divided by zero. */
  static double ratio(double amount, double by) {
    return amount / Math.max(by, 1e-9);
  }

  /** Whether two amounts are about the same, as far as a busy machine can tell. */
  static boolean near(double one, double other) {
    return one < other * 1.7 && other < one * 1.7;
  }

  static double ratio(long amount, long by) {
    return ratio((double) amount, (double) by);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
