package fivefold.cli.chat;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedStyle;

/** The rooms and who is here, each a row that can be clicked. */
final class Side {
  private Side() {}

  /**
   * A row.
   *
   * @param room that a click enters, or empty
   * @param name of a member that a click addresses, or empty
   */
  record Row(String text, AttributedStyle style, String room, String name) {
    static Row heading(String text) {
      return new Row(text, Theme.HEADING, "", "");
    }
  }

  /** From the top, at most so many. */
  static List<Row> rows(ChatModel model, int limit) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.heading("rooms"));
    for (RoomView room : model.rooms()) {
      boolean isCurrent = room == model.current();
      AttributedStyle style =
          isCurrent ? Theme.CURRENT : room.unread > 0 ? Theme.UNREAD : Theme.PLAIN;
      String unread = room.unread > 0 ? " (" + room.unread + ")" : "";
      rows.add(new Row((isCurrent ? ">#" : " #") + room.name + unread, style, room.name, ""));
    }
    rows.add(Row.heading(""));
    rows.add(Row.heading("here: " + model.current().names.size()));
    for (String name : model.current().names) {
      if (rows.size() >= limit) {
        break;
      }
      rows.add(new Row(" " + name, Theme.name(name), "", name));
    }
    return rows.subList(0, Math.min(rows.size(), limit));
  }
}
