package fivefold.services.chat;

import fivefold.net.Message;

/** What the server tells a room, marked as no message. */
final class Notice {
  private Notice() {}

  static Message of(Room room, String text) {
    String where = room.name.equals(Names.LOBBY) ? "" : "#" + room.name + ": ";
    return Message.of("* " + where + text + "\n");
  }
}
