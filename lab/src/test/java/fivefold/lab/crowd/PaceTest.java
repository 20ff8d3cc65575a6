package fivefold.lab.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000;

  private final Pace pace = new Pace();

  @Test
  void isThatOfTheLastSeconds() {
    pace.begin(5 * SECOND);
    assertThat(pace.perSecond()).isZero();
    pace.at(6 * SECOND, 1000);
    assertThat(pace.perSecond()).isEqualTo(1000);
    pace.at(7 * SECOND, 1100);
    pace.at(8 * SECOND, 1200);
    pace.at(9 * SECOND, 1300);
    assertThat(pace.perSecond()).isEqualTo(100);
  }

  @Test
  void isNotNothingBecauseOfOneLookWithoutNews() {
    pace.begin(0);
    pace.at(SECOND, 500);
    pace.at(SECOND + SECOND / 4, 500);
    assertThat(pace.perSecond()).isEqualTo(400);
  }
}
