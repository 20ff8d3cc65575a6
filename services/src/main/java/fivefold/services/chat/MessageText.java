package fivefold.services.chat;

import fivefold.net.Message;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A message as members get it: {@code 2026/11/21 13:05:09 127.0.0.1:51234}, and the text on the
 * next line. In another room than the lobby the first line ends with the room.
 */
final class MessageText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss");

  private MessageText() {}

  static String of(ChatMessage message, ZoneId zone) {
    String room = message.room().equals(Names.LOBBY) ? "" : " #" + message.room();
    return TIME.format(Instant.ofEpochMilli(message.atMillis()).atZone(zone))
        + " "
        + message.from()
        + room
        + "\n"
        + message.text()
        + "\n";
  }

  /** Encoded once, for all who are to get it. */
  static Message encoded(ChatMessage message, ZoneId zone) {
    return Message.of(of(message, zone));
  }
}
