package fivefold.net.asynchronous;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The sends of a submission, from when they are asked for until their memory is used again. */
final class TurnSendsTest {
  private final TurnSends sends = new TurnSends();

  @Test
  void oneIsUnderWayUntilItIsSubmitted() {
    int first = sends.add(7, 1000, 64, 1, 1);
    int second = sends.add(8, 1064, 32, 2, 1);
    assertThat(sends.isUnderWay(first, 7)).isTrue();
    assertThat(sends.isUnderWay(second, 8)).isTrue();
    sends.submitted();
    assertThat(sends.isUnderWay(first, 7)).isFalse();
    // What came short of them can still be put back.
    assertThat(sends.address(second)).isEqualTo(1064);
    assertThat(sends.bytes(second)).isEqualTo(32);
  }

  @Test
  void anotherTurnsSendIsNotTakenForOnesOwn() {
    int mine = sends.add(7, 1000, 64, 1, 1);
    sends.submitted();
    sends.clear();
    int others = sends.add(8, 2000, 64, 1, 2);
    assertThat(others).isEqualTo(mine);
    assertThat(sends.isUnderWay(mine, 7)).isFalse();
    assertThat(sends.isUnderWay(TurnSends.NONE, 7)).isFalse();
  }

  @Test
  void whatIsNotSubmittedIsNotCleared() {
    sends.add(7, 1000, 64, 1, 1);
    sends.submitted();
    int late = sends.add(8, 1064, 64, 2, 1);
    sends.clear();
    assertThat(sends.isUnderWay(late, 8)).isTrue();
    assertThat(sends.address(late)).isEqualTo(1064);
  }

  @Test
  void thereIsRoomForAsManyAsThereAre() {
    for (int i = 0; i < 1000; i++) {
      assertThat(sends.add(i, i * 64L, 64, i, 1)).isEqualTo(i);
    }
    sends.lengthen(999, 64);
    assertThat(sends.bytes(999)).isEqualTo(128);
    assertThat(sends.isUnderWay(500, 500)).isTrue();
  }
}
