package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReplyAllowanceTest {

  @Test
  void noMoreThanWasAsked() {
    ReplyAllowance strict = new ReplyAllowance(0);
    strict.begin(100);
    assertThat(strict.take(101)).isFalse();
    assertThat(strict.take(100)).as("a refused reply costs nothing").isTrue();
    assertThat(strict.take(0)).as("it would have headers, too").isFalse();
  }

  @Test
  void theShortestFrameIsNeverTooMuch() {
    ReplyAllowance strict = new ReplyAllowance(0);
    strict.begin(0);
    assertThat(strict.take(19)).isFalse();
    assertThat(strict.take(18)).isTrue();
  }

  @Test
  void severalRepliesShareIt() {
    ReplyAllowance strict = new ReplyAllowance(0);
    strict.begin(100);
    assertThat(strict.take(40)).isTrue();
    assertThat(strict.take(33)).as("28 bytes of headers").isFalse();
    assertThat(strict.take(32)).isTrue();
    strict.begin(100);
    assertThat(strict.take(100)).as("each datagram begins anew").isTrue();
  }

  @Test
  void moreWhenTheServiceSaysSo() {
    ReplyAllowance generous = new ReplyAllowance(1 << 30);
    generous.begin(65_507);
    for (int i = 0; i < 1000; i++) {
      assertThat(generous.take(65_507)).isTrue();
    }
  }
}
