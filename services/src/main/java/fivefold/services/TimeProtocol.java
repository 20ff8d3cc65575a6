package fivefold.services;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the time is written on the wire. */
public enum TimeProtocol {
  /** Local time as {@code 2020-06-11 14:15:21.267058}. */
  TEXT,
  /** RFC 868, four bytes. */
  TIME,
  /** RFC 867, a line of ASCII. */
  DAYTIME;

  /** As one writes it: {@code daytime}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The protocol a word names.
   *
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  public static TimeProtocol parse(String word) {
    return Arrays.stream(values())
        .filter(protocol -> protocol.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown protocol '" + word + "'; expected one of " + words()));
  }

  /** All of them, for a message. */
  public static String words() {
    return Arrays.stream(values()).map(TimeProtocol::word).collect(Collectors.joining(", "));
  }

  /** What a server sends at this time. */
  public byte[] encode(ZonedDateTime time) {
    return switch (this) {
      case TEXT -> LocalTimeText.encode(time.toLocalDateTime());
      case TIME -> SecondsSince1900.encode(time.toInstant());
      case DAYTIME -> DaytimeText.encode(time);
    };
  }

  /**
   * What a client shows for the bytes a server sent, in the time zone of the reader. May hold
   * whatever bytes the server chose to send, made text.
   *
   * @throws IllegalArgumentException when they do not follow the protocol
   */
  public String decode(byte[] reply, ZoneId zone) {
    return switch (this) {
      case TEXT, DAYTIME -> new String(reply, StandardCharsets.UTF_8).strip();
      case TIME -> seconds(LocalDateTime.ofInstant(SecondsSince1900.decode(reply), zone));
    };
  }

  private static String seconds(LocalDateTime time) {
    String text = new String(LocalTimeText.encode(time), StandardCharsets.US_ASCII);
    return text.substring(0, text.indexOf('.'));
  }
}
