package fivefold.lab.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimeScaleTest {
  @Test
  void isStraight() {
    TimeScale scale = TimeScale.linear(-100, 100);
    assertThat(scale.at(-100)).isZero();
    assertThat(scale.at(0)).isEqualTo(0.5);
    assertThat(scale.at(1000)).isEqualTo(1);
  }

  @Test
  void pressesOneStretchAndKeepsTheOrder() {
    TimeScale scale = TimeScale.pressed(-1_000_000, -990_000, -10_000, 80_000);
    assertThat(scale.at(-1_000_000)).isZero();
    assertThat(scale.at(80_000)).isEqualTo(1);
    assertThat(scale.at(-10_000) - scale.at(-990_000)).isBetween(0.11, 0.13);
    double last = -1;
    for (long nanos = -1_000_000; nanos <= 80_000; nanos += 1_000) {
      assertThat(scale.at(nanos)).isGreaterThan(last);
      last = scale.at(nanos);
    }
    // Equal times are equally wide on both sides of the stretch.
    assertThat(scale.at(-995_000)).isCloseTo(scale.at(5_000) - scale.at(0), within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }

  @Test
  void leavesTheNumbersOfThePressedStretchOut() {
    assertThat(TimeScale.pressed(-1_000_000, -990_000, -10_000, 80_000).ticks(0.1))
        .containsExactly(-1_000_000L, 0L, 20_000L, 40_000L, 60_000L, 80_000L);
  }

  @Test
  void writesTimesInTheUnitThatSuits() {
    assertThat(TimeScale.text(0)).isEqualTo("0");
    assertThat(TimeScale.text(-250_000)).isEqualTo("-250 us");
    assertThat(TimeScale.text(1_200_000)).isEqualTo("1.2 ms");
    assertThat(TimeScale.text(10_000_000)).isEqualTo("10 ms");
    assertThat(TimeScale.text(3_000_000_000L)).isEqualTo("3 s");
  }
}
