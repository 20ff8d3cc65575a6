package fivefold.lab.exhibit.page;

import static java.util.Locale.ROOT;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Whole powers of ten, from the last below some values to the first above. */
record LogAxis(double low, double high) {

  /** For values above 0. */
  static LogAxis of(double[] values) {
    double low = Math.floor(Math.log10(Arrays.stream(values).min().orElse(1)));
    double high = Math.log10(Arrays.stream(values).max().orElse(10));
    return new LogAxis(low, Math.max(low + 1, Math.ceil(high)));
  }

  /** Where a value stands between the ends, from 0 to 1. */
  double part(double value) {
    return (Math.log10(value) - low) / (high - low);
  }

  List<Double> ticks() {
    return Stream.iterate(low, power -> power <= high, power -> power + 1)
        .map(power -> Math.pow(10, power))
        .toList();
  }

  static String label(double tick) {
    return tick >= 1 ? String.format(ROOT, "%,.0f", tick) : Double.toString(tick);
  }
}
