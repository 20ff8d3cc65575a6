package fivefold.lab.report;

import fivefold.lab.draw.RoundStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An axis of a chart with round ticks: from zero, so that lengths may be compared; logarithmic
 * where the values span so much that one of them would press the others together. The report's
 * script has the same rule.
 *
 * @param ticks ascending; the axis goes from the first to the last
 */
record ValueAxis(boolean logarithmic, List<Double> ticks) {
  /** The least then lies within a fifteenth of the axis, and so does what is like it. */
  static final double WIDE_SPAN = 15;

  private static final int STEPS = 5;

  /** 1, 2 and 5 of each power of ten up to here; the powers only beyond. */
  private static final int MOST_TICKS = 10;

  private static final List<Integer> FACTORS = List.of(1, 2, 5);

  /** For values not below 0. */
  static ValueAxis of(double[] values) {
    double least = Arrays.stream(values).min().orElse(0);
    double most = Arrays.stream(values).max().orElse(0);
    return least > 0 && most > WIDE_SPAN * least ? logarithmic(least, most) : fromZero(most);
  }

  private static ValueAxis fromZero(double most) {
    double step = RoundStep.notBelow(most / STEPS);
    List<Double> ticks = new ArrayList<>(List.of(0.0));
    for (int i = 1; ticks.getLast() < most || i == 1; i++) {
      ticks.add(i * step);
    }
    return new ValueAxis(false, ticks);
  }

  private static ValueAxis logarithmic(double least, double most) {
    int first = (int) Math.floor(Math.log10(least));
    int last = (int) Math.ceil(Math.log10(most));
    List<Double> ticks = decades(first, last, FACTORS);
    int begin = 0;
    while (ticks.get(begin + 1) <= least) {
      begin++;
    }
    int end = begin;
    while (ticks.get(end) < most) {
      end++;
    }
    ticks = ticks.subList(begin, end + 1);
    return new ValueAxis(
        true, ticks.size() <= MOST_TICKS ? ticks : decades(first, last, List.of(1)));
  }

  private static List<Double> decades(int first, int last, List<Integer> factors) {
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power++) {
      for (int factor : factors) {
        ticks.add(Double.parseDouble(factor + "e" + power));
      }
    }
    return ticks;
  }

  /** Where a value stands between the ends, from 0 to 1. */
  double part(double value) {
    double from = place(ticks.getFirst());
    return (place(value) - from) / (place(ticks.getLast()) - from);
  }

  private double place(double value) {
    return logarithmic ? Math.log10(value) : value;
  }

  /** With as many decimals as it needs, or as the step between the ticks has. */
  String label(double tick) {
    double finest = logarithmic ? tick : ticks.get(1);
    int decimals = finest <= 0 ? 0 : Math.max(0, (int) Math.ceil(-Math.log10(finest) - 1e-9));
    return String.format(Locale.ROOT, "%,." + decimals + "f", tick);
  }
}
