package fivefold.lab.record;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The middle and the ends of one figure over the rounds.
 *
 * <p>The median, not the mean: one round in which the machine did something else must not move it.
 */
public record Spread(double median, double min, double max) {

  /**
   * The spread of some values.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(median(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  /** The spread of one figure; null when no round has it. */
  public static @Nullable Spread over(
      List<RoundFigures> rounds, Function<RoundFigures, @Nullable Double> figure) {
    double[] values =
        rounds.stream()
            .map(figure)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return values.length == 0 ? null : of(values);
  }

  /** (max - min) / median; 0 when the median is 0. */
  public double relativeWidth() {
    return median == 0 ? 0 : (max - min) / median;
  }

  static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
