package fivefold.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import fivefold.lab.record.Ratio.Verdict;
import org.junit.jupiter.api.Test;

/** Against examples worked by hand. */
class StatisticsTest {

  @Test
  void medianOfAnOddNumberIsTheMiddleOne() {
    assertThat(Spread.of(5, 1, 100)).isEqualTo(new Spread(5, 1, 100));
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Spread.of(4, 1, 3, 10)).isEqualTo(new Spread(3.5, 1, 10));
  }

  @Test
  void spreadOfOneValueHasNoWidth() {
    assertThat(Spread.of(7).relativeWidth()).isZero();
    assertThat(Spread.of(8, 10, 12).relativeWidth()).isEqualTo(0.4);
  }

  @Test
  void noValuesHaveNoSpread() {
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sixValuesGiveTheirEndsWithThirtyOneThirtySeconds() {
    // All six on one side of the median: 2 x (1/2)^6 = 1/32.
    MedianInterval interval = MedianInterval.of(3, 1, 2, 6, 5, 4);
    assertThat(interval).isEqualTo(new MedianInterval(1, 6, 31.0 / 32));
    assertThat(interval.isConfident()).isTrue();
  }

  @Test
  void fiveValuesAreTooFewForNinetyFivePercent() {
    MedianInterval interval = MedianInterval.of(1, 2, 3, 4, 5);
    assertThat(interval).isEqualTo(new MedianInterval(1, 5, 15.0 / 16));
    assertThat(interval.isConfident()).isFalse();
  }

  @Test
  void nineValuesLeaveTheOuterTwoAside() {
    // Fewer than two on one side: 2 x (1 + 9) / 512; fewer than three would be 2 x 46 / 512 = 0.18.
    MedianInterval interval = MedianInterval.of(9, 1, 8, 2, 7, 3, 6, 4, 5);
    assertThat(interval.low()).isEqualTo(2);
    assertThat(interval.high()).isEqualTo(8);
    assertThat(interval.confidence()).isCloseTo(1 - 20.0 / 512, within(1e-12));
  }

  @Test
  void twentyValuesGiveTheTextbookSixthAndFifteenth() {
    double[] values = new double[20];
    for (int i = 0; i < 20; i++) {
      values[i] = i + 1;
    }
    MedianInterval interval = MedianInterval.of(values);
    assertThat(interval.low()).isEqualTo(6);
    assertThat(interval.high()).isEqualTo(15);
    assertThat(interval.confidence()).isCloseTo(0.9586, within(1e-4));
  }

  @Test
  void ratiosAreTakenWithinEachRound() {
    // The machine halves its pace in the second half; the ratio does not see it.
    Ratio ratio =
        Ratio.of(new double[] {5, 5, 5, 10, 10, 10}, new double[] {10, 10, 10, 20, 20, 20});
    assertThat(ratio.median()).isEqualTo(0.5);
    assertThat(ratio.min()).isEqualTo(0.5);
    assertThat(ratio.max()).isEqualTo(0.5);
    assertThat(ratio.verdict()).isEqualTo(Verdict.LOWER);
  }

  @Test
  void anIntervalThatHoldsOneIsNoDifference() {
    assertThat(Ratio.ofRatios(0.9, 0.95, 0.97, 0.98, 0.99, 1.01).verdict())
        .isEqualTo(Verdict.NO_SIGNIFICANT_DIFFERENCE);
    assertThat(Ratio.ofRatios(1, 1, 1, 1, 1, 1).verdict())
        .isEqualTo(Verdict.NO_SIGNIFICANT_DIFFERENCE);
  }

  @Test
  void anIntervalAboveOneIsHigher() {
    assertThat(Ratio.ofRatios(1.01, 1.02, 1.03, 1.02, 1.01, 1.05).verdict())
        .isEqualTo(Verdict.HIGHER);
  }

  @Test
  void oneOutlierOfNineDoesNotHideADifference() {
    assertThat(Ratio.ofRatios(0.8, 0.8, 0.8, 0.8, 1.5, 0.8, 0.8, 0.8, 0.8).verdict())
        .isEqualTo(Verdict.LOWER);
  }

  @Test
  void fewRoundsDecideNothing() {
    assertThat(Ratio.ofRatios(0.5, 0.5, 0.5).verdict()).isEqualTo(Verdict.TOO_FEW_ROUNDS);
  }
}
