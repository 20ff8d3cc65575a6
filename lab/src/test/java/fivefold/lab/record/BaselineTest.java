package fivefold.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import fivefold.lab.record.Change.Verdict;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final double[] NOISY = {4, 4.2, 3.9, 4.1, 4, 4.3, 3.8};

  private static Results results(int connections, double factor) {
    List<RoundFigures> rounds =
        Samples.rounds(DoubleStream.of(NOISY).map(value -> value * factor).toArray());
    return Samples.results(Samples.point(connections, Samples.row("epoll", rounds, rounds, null)));
  }

  private static List<Verdict> verdicts(Results before, Results now) {
    return new Baseline(before, 0.1).changes(now).stream().map(Change::verdict).toList();
  }

  @Test
  void theSameIsNoDifference() {
    assertThat(verdicts(results(64, 1), results(64, 1)))
        .hasSize(3)
        .containsOnly(Verdict.NO_SIGNIFICANT_DIFFERENCE);
  }

  @Test
  void aSlowerServerIsARegressionAndAFasterOneIsBetter() {
    // CPU and throughput; p99 is the same in all samples.
    assertThat(verdicts(results(64, 1), results(64, 1.3)))
        .containsExactly(Verdict.WORSE, Verdict.WORSE, Verdict.NO_SIGNIFICANT_DIFFERENCE);
    assertThat(verdicts(results(64, 1.3), results(64, 1)))
        .containsExactly(Verdict.BETTER, Verdict.BETTER, Verdict.NO_SIGNIFICANT_DIFFERENCE);
  }

  @Test
  void beyondNoiseButWithinToleranceIsSmall() {
    double[] exact = {4, 4.001, 4.002, 4.003};
    List<RoundFigures> before = Samples.rounds(exact);
    List<RoundFigures> now = Samples.rounds(4.2, 4.201, 4.202, 4.203);
    assertThat(
            verdicts(
                Samples.results(List.of(), List.of(Samples.row("a", before, before, null))),
                Samples.results(List.of(), List.of(Samples.row("a", now, now, null)))))
        .startsWith(Verdict.SMALL, Verdict.SMALL);
  }

  @Test
  void threeRoundsAreTooFew() {
    Results few =
        Samples.results(
            List.of(), List.of(Samples.row("a", Samples.rounds(4, 4, 4), List.of(), null)));
    assertThat(verdicts(few, few)).containsOnly(Verdict.TOO_FEW_ROUNDS);
  }

  private static Results open(double rate, double p99Micros, double others) {
    List<RoundFigures> rounds =
        IntStream.rangeClosed(1, 6)
            .mapToObj(round -> Samples.open(round, rate, p99Micros, 1, others))
            .toList();
    return Samples.results(
        new Point(
            Samples.openSettings(1000),
            true,
            List.of(),
            List.of(Samples.row("a", rounds, rounds, null))));
  }

  @Test
  void whatOthersCanSpoilIsJudgedOnAQuietMachineOnly() {
    assertThat(verdicts(open(1000, 100, 0), open(500, 900, 0)))
        .containsExactly(Verdict.NO_SIGNIFICANT_DIFFERENCE, Verdict.WORSE, Verdict.WORSE);
    assertThat(verdicts(open(1000, 100, 0), open(500, 900, 0.5)))
        .containsExactly(Verdict.NO_SIGNIFICANT_DIFFERENCE, Verdict.NOT_QUIET, Verdict.NOT_QUIET);
    assertThat(verdicts(open(1000, 100, 0.5), open(500, 900, 0)))
        .contains(Verdict.NOT_QUIET)
        .doesNotContain(Verdict.WORSE);
  }

  @Test
  void aRowThatHasFailedIsARegression() {
    Results failed =
        Samples.results(Samples.point(64, Samples.row("epoll", List.of(), List.of(), "ended")));
    assertThat(verdicts(results(64, 1), failed)).containsExactly(Verdict.WORSE);
    assertThat(verdicts(failed, results(64, 1))).isEmpty();
  }

  @Test
  void otherWorkloadsAreNotCompared() {
    assertThat(verdicts(results(64, 1), results(65, 2))).isEmpty();
  }

  @Test
  void theRankSumsDistributionIsTheTables() {
    // 20 orders of 3 and 3, of which 1, 1, 2, 3 have U = 0, 1, 2, 3.
    assertThat(UnpairedRatio.cumulated(3, 3)[0]).isEqualTo(0.05, within(1e-12));
    assertThat(UnpairedRatio.cumulated(3, 3)[3]).isEqualTo(7 / 20.0, within(1e-12));
    assertThat(UnpairedRatio.cumulated(3, 3)[9]).isEqualTo(1, within(1e-12));
    // Mann and Whitney's table: two-sided 5 % critical values of U are 0, 5 and 8 for 4, 6 and 7.
    for (int[] each : new int[][] {{4, 0}, {6, 5}, {7, 8}}) {
      double[] cumulated = UnpairedRatio.cumulated(each[0], each[0]);
      assertThat(2 * cumulated[each[1]]).isLessThanOrEqualTo(0.05);
      assertThat(2 * cumulated[each[1] + 1]).isGreaterThan(0.05);
    }
  }

  @Test
  void theIntervalHoldsTheRatio() {
    Ratio ratio = UnpairedRatio.of(new double[] {2, 2.2, 2.1, 1.9, 2, 2.05}, NOISY);
    assertThat(ratio.median()).isEqualTo(0.5, within(0.02));
    assertThat(ratio.low()).isLessThan(ratio.median()).isGreaterThan(0.4);
    assertThat(ratio.high()).isGreaterThan(ratio.median()).isLessThan(0.6);
    assertThat(ratio.confidence()).isBetween(0.95, 0.99);
    assertThat(ratio.verdict()).isEqualTo(Ratio.Verdict.LOWER);
  }
}
