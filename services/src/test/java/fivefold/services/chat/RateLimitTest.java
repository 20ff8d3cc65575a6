package fivefold.services.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void letsABurstPassAndThenSoManyASecond() {
    RateLimit limit = new RateLimit(10, 0);
    assertThat(passed(limit, 100, 0)).isEqualTo(50);
    assertThat(passed(limit, 100, SECOND)).isEqualTo(10);
    assertThat(limit.isFull(2 * SECOND)).isFalse();
    assertThat(limit.isFull(10 * SECOND)).isTrue();
    assertThat(passed(limit, 100, 1_000 * SECOND)).as("no more than that saved up").isEqualTo(50);
  }

  @Test
  void zeroIsNoLimit() {
    assertThat(passed(new RateLimit(0, 0), 10_000, 0)).isEqualTo(10_000);
  }

  private static int passed(RateLimit limit, int tries, long nowNanos) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      passed += limit.take(nowNanos) ? 1 : 0;
    }
    return passed;
  }
}
