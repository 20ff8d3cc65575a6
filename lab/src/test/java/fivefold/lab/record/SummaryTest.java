package fivefold.lab.record;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.record.Ratio.Verdict;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final List<RoundFigures> REFERENCE = Samples.rounds(4, 4, 4, 4, 4, 4, 4);

  @Test
  void theReferenceIsOneAgainstItself() {
    assertThat(Objects.requireNonNull(Summary.of(REFERENCE, REFERENCE).cpuRatio()).verdict())
        .isEqualTo(Verdict.REFERENCE);
  }

  @Test
  void lessCpuIsLowerAndMoreRequestsHigher() {
    Summary summary = Summary.of(Samples.rounds(2, 2, 2, 2, 2, 2, 2), REFERENCE);
    Ratio cpu = Objects.requireNonNull(summary.cpuRatio());
    Ratio throughput = Objects.requireNonNull(summary.throughputRatio());
    assertThat(cpu.median()).isEqualTo(0.5);
    assertThat(cpu.verdict()).isEqualTo(Verdict.LOWER);
    assertThat(throughput.median()).isEqualTo(2);
    assertThat(throughput.verdict()).isEqualTo(Verdict.HIGHER);
  }

  @Test
  void roundsAreComparedWithTheSameRoundAlsoWhenOneIsMissing() {
    List<RoundFigures> reference = Samples.rounds(1, 2, 4);
    List<RoundFigures> own = List.of(Samples.round(1, 2), Samples.round(3, 8));
    Ratio ratio = Objects.requireNonNull(Summary.of(own, reference).cpuRatio());
    assertThat(ratio.min()).isEqualTo(2);
    assertThat(ratio.max()).isEqualTo(2);
    assertThat(ratio.verdict()).isEqualTo(Verdict.TOO_FEW_ROUNDS);
  }

  @Test
  void whatWasNotMeasuredStaysUnknown() {
    List<RoundFigures> rounds = List.of(Samples.unmeasured(1), Samples.unmeasured(2));
    Summary summary = Summary.of(rounds, REFERENCE);
    assertThat(summary.cpuMicros()).isNull();
    assertThat(summary.cpuRatio()).isNull();
    assertThat(summary.threads()).isNull();
    assertThat(summary.throughputRatio()).isNotNull();
  }
}
