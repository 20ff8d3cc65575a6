package fivefold.lab.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a figure compares with the reference row's, each round with the same round: a slow phase of
 * the machine slows both and cancels.
 *
 * @param median of the rounds' ratios
 * @param min the smallest
 * @param max the largest
 * @param low lower end of the median's confidence interval, see {@link MedianInterval}
 * @param high upper end of it
 * @param confidence of that interval, from 0 to 1
 */
public record Ratio(
    double median,
    double min,
    double max,
    double low,
    double high,
    double confidence,
    Verdict verdict) {

  /** What may be said. */
  public enum Verdict {
    /** This is the reference itself. */
    REFERENCE,
    /** The interval lies below 1. */
    LOWER,
    /** The interval lies above 1. */
    HIGHER,
    /** The interval holds 1. */
    NO_SIGNIFICANT_DIFFERENCE,
    /** Too few rounds for an interval that could decide. */
    TOO_FEW_ROUNDS
  }

  /**
   * Compares round by round.
   *
   * @param own this row's figure in each round
   * @param reference the reference row's in the same rounds, as many and none of them 0
   */
  public static Ratio of(double[] own, double[] reference) {
    double[] ratios = new double[own.length];
    for (int i = 0; i < own.length; i++) {
      ratios[i] = own[i] / reference[i];
    }
    return ofRatios(ratios);
  }

  /**
   * Compares one figure over the rounds that both rows have, since a row may have ended early.
   *
   * @return null when there is no such round with this figure
   */
  public static @Nullable Ratio within(
      List<RoundFigures> rounds,
      List<RoundFigures> reference,
      Function<RoundFigures, @Nullable Double> figure) {
    if (rounds.equals(reference)) {
      return ofReference();
    }
    Map<Integer, Double> byRound = new HashMap<>();
    for (RoundFigures round : reference) {
      Double value = figure.apply(round);
      if (value != null && value > 0) {
        byRound.put(round.round(), value);
      }
    }
    List<Double> ratios = new ArrayList<>();
    for (RoundFigures round : rounds) {
      Double own = figure.apply(round);
      Double other = byRound.get(round.round());
      if (own != null && other != null) {
        ratios.add(own / other);
      }
    }
    return ratios.isEmpty()
        ? null
        : ofRatios(ratios.stream().mapToDouble(Double::doubleValue).toArray());
  }

  static Ratio ofRatios(double... ratios) {
    return ofInterval(Spread.of(ratios), MedianInterval.of(ratios));
  }

  static Ratio ofInterval(Spread spread, MedianInterval interval) {
    return new Ratio(
        spread.median(),
        spread.min(),
        spread.max(),
        interval.low(),
        interval.high(),
        interval.confidence(),
        verdict(interval));
  }

  /** The reference against itself. */
  public static Ratio ofReference() {
    return new Ratio(1, 1, 1, 1, 1, 1, Verdict.REFERENCE);
  }

  private static Verdict verdict(MedianInterval interval) {
    if (!interval.isConfident()) {
      return Verdict.TOO_FEW_ROUNDS;
    }
    if (interval.high() < 1) {
      return Verdict.LOWER;
    }
    return interval.low() > 1 ? Verdict.HIGHER : Verdict.NO_SIGNIFICANT_DIFFERENCE;
  }
}
