package fivefold.cli.chat;

import fivefold.cli.screen.Columns;
import fivefold.cli.screen.Frame;
import fivefold.cli.screen.LineEditor;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;

/** Paints the chat: what is known and how much room there is, to a picture. */
final class ChatPicture {
  private static final String PROMPT = "> ";
  private static final String LINE = "\u2502 ";

  private ChatPicture() {}

  /**
   * The picture of now.
   *
   * @param state of the connection, for the title
   * @param secret whether what is typed is not to be seen
   */
  static Frame of(ChatModel model, Layout layout, LineEditor editor, String state, boolean secret) {
    RoomView room = model.current();
    room.scrollback.fit(layout.textColumns(), layout.textRows());
    List<AttributedString> rows = new ArrayList<>();
    if (layout.hasTitle()) {
      rows.add(title(room, layout, state));
    }
    rows.addAll(middle(model, layout));
    if (layout.hasStatus()) {
      rows.add(status(room, layout));
    }
    LineEditor.View line = editor.view(Math.max(1, layout.columns() - PROMPT.length()));
    String shown = secret ? "*".repeat(Columns.of(line.text())) : line.text();
    rows.add(new AttributedString(Columns.fitting(PROMPT + shown, layout.columns())));
    int cursor = Math.min(PROMPT.length() + line.cursorColumn(), layout.columns() - 1);
    return new Frame(rows, cursor, layout.inputRow());
  }

  private static AttributedString title(RoomView room, Layout layout, String state) {
    String left = " #" + room.name + (room.topic.isEmpty() ? "" : " \u2014 " + room.topic);
    String right = " " + state + " ";
    int forLeft = layout.columns() - Columns.of(right);
    String text =
        forLeft < Columns.of(room.name) + 2
            ? Columns.padded(left, layout.columns())
            : Columns.padded(left, forLeft) + right;
    return new AttributedString(text, Theme.BAR);
  }

  private static List<AttributedString> middle(ChatModel model, Layout layout) {
    List<Scrollback.Row> text = model.current().scrollback.visible();
    List<Side.Row> side = Side.rows(model, layout.textRows());
    List<AttributedString> rows = new ArrayList<>();
    int empty = layout.textRows() - text.size(); // what is said stands above the input, as on paper
    for (int i = 0; i < layout.textRows(); i++) {
      AttributedString left = i < empty ? AttributedString.EMPTY : text.get(i - empty).text();
      rows.add(
          layout.hasSide() ? beside(left, i < side.size() ? side.get(i) : null, layout) : left);
    }
    return rows;
  }

  private static AttributedString beside(
      AttributedString left, Side.@Nullable Row row, Layout layout) {
    int gap = layout.textColumns() - Columns.of(left.toString());
    AttributedStringBuilder joined =
        new AttributedStringBuilder()
            .append(left)
            .append(" ".repeat(Math.max(0, gap)))
            .append(LINE, Theme.TIME);
    return row == null
        ? joined.toAttributedString()
        : joined
            .append(Columns.fitting(row.text(), layout.sideColumns()), row.style())
            .toAttributedString();
  }

  private static AttributedString status(RoomView room, Layout layout) {
    int below = room.scrollback.rowsBelow();
    AttributedStyle style = below > 0 ? Theme.UNREAD : Theme.TIME;
    String text =
        below > 0
            ? "-- " + below + (below == 1 ? " row" : " rows") + " below; End or a click here --"
            : "/help  PgUp PgDn  Alt-1..9 room  Ctrl-D leave";
    return new AttributedString(Columns.fitting(text, layout.columns()), style);
  }
}
