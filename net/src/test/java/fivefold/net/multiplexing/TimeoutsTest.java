package fivefold.net.multiplexing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeoutsTest {
  @ParameterizedTest
  @CsvSource({
    "-1, -1",
    "-9223372036854775808, -1",
    "0, 0",
    "1, 1",
    "999999, 1",
    "1000000, 1",
    "1000001, 2",
    "2147483647000000, 2147483647",
    "2147483648000000, 2147483647",
    "9223372036854775807, 2147483647"
  })
  void areRoundedUpAndNeverOverflow(long nanos, int millis) {
    assertThat(Timeouts.millis(nanos)).isEqualTo(millis);
  }
}
