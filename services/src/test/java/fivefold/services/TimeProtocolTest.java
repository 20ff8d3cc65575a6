package fivefold.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class TimeProtocolTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @Test
  void textHasSixDigitsOfTheSecondWhereTheTutorialHasThem() {
    assertThat(encoded(TimeProtocol.TEXT, "2020-06-11T14:15:21.267058+08:00[Asia/Shanghai]"))
        .isEqualTo("2020-06-11 14:15:21.267058");
  }

  @Test
  void textHasSixDigitsEvenOnAFullSecond() {
    assertThat(encoded(TimeProtocol.TEXT, "2020-01-02T03:04:05Z"))
        .isEqualTo("2020-01-02 03:04:05.000000");
  }

  @Test
  void daytimeIsOneLineInTheFormOfRfc867() {
    assertThat(encoded(TimeProtocol.DAYTIME, "1982-02-22T17:37:43-08:00[America/Los_Angeles]"))
        .isEqualTo("Monday, February 22, 1982 17:37:43-PST\r\n");
  }

  @Test
  void timeCountsSecondsFrom1900InFourBigEndianBytes() {
    // The example in RFC 868: 2,208,988,800 is 1970-01-01 00:00:00 GMT.
    assertThat(TimeProtocol.TIME.encode(at("1970-01-01T00:00:00Z")))
        .isEqualTo(new byte[] {(byte) 0x83, (byte) 0xaa, 0x7e, (byte) 0x80});
  }

  @Test
  void timeIsReadBackInTheReadersZone() {
    byte[] reply = TimeProtocol.TIME.encode(at("2020-06-11T06:15:21Z"));
    assertThat(TimeProtocol.TIME.decode(reply, SHANGHAI)).isEqualTo("2020-06-11 14:15:21");
  }

  @Test
  void timeIsReadBackAfterTheCounterStartedAgain() {
    byte[] reply = TimeProtocol.TIME.encode(at("2040-01-01T00:00:00Z"));
    assertThat(TimeProtocol.TIME.decode(reply, ZoneOffset.UTC)).isEqualTo("2040-01-01 00:00:00");
  }

  @Test
  void timeOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> TimeProtocol.TIME.decode(new byte[5], ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 bytes; expected 4");
  }

  @Test
  void encodesInstantsOfAnyZoneAlike() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(TimeProtocol.TIME.encode(now.atZone(SHANGHAI)))
        .isEqualTo(TimeProtocol.TIME.encode(now.atZone(ZoneOffset.UTC)));
  }

  private static String encoded(TimeProtocol protocol, String time) {
    return new String(protocol.encode(at(time)), StandardCharsets.UTF_8);
  }

  private static ZonedDateTime at(String time) {
    return ZonedDateTime.parse(time);
  }
}
