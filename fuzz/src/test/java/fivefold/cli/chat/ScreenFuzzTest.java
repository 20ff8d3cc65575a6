package fivefold.cli.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fivefold.cli.screen.Columns;
import fivefold.cli.screen.Event;
import fivefold.cli.screen.Frame;
import fivefold.cli.screen.KeyDecoder;
import fivefold.cli.screen.LineEditor;
import fivefold.cli.screen.Painter;
import java.util.Arrays;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * A server, a keyboard and a window of any size: the picture always fits the screen, and holds
 * nothing that a terminal would obey.
 */
class ScreenFuzzTest {
  private static final int MOST_COLUMNS = 100;
  private static final int MOST_ROWS = 30;
  private static final int LIMIT_LINE_BYTES = 200;
  private static final int SERVER_ROUNDS = 4;

  @FuzzTest
  void anyServerAndAnyKeyboardMakeAPictureThatFits(byte[] input) {
    if (input.length < 3) {
      return;
    }
    Layout layout =
        new Layout(1 + (input[0] & 0xff) % MOST_COLUMNS, 1 + (input[1] & 0xff) % MOST_ROWS);
    int fromServer =
        3 + (input.length - 3) * ((input[2] & 0xff) % (SERVER_ROUNDS + 1)) / SERVER_ROUNDS;
    ChatModel model = new ChatModel(line -> {});
    LineEditor editor = new LineEditor(LIMIT_LINE_BYTES);
    ServerLineReader reader = new ServerLineReader();
    for (String line : new String(input, 3, fromServer - 3, UTF_8).split("\n", -1)) {
      reader.take(PlainLine.of(line)).ifPresent(model::take);
    }
    KeyDecoder decoder = new KeyDecoder(event -> handle(event, model, editor));
    byte[] typed = Arrays.copyOfRange(input, fromServer, input.length);
    decoder.feed(typed, typed.length);
    decoder.endEscape();

    Frame frame = ChatPicture.of(model, layout, editor, "here", false);
    requireFits(frame, layout);
    new Painter(8).paint(frame);
  }

  private static void handle(Event event, ChatModel model, LineEditor editor) {
    switch (event) {
      case Event.Key key -> {
        boolean _ = editor.press(key);
        model.current().scrollback.page(key.codePoint() % 2 == 0 ? -1 : 1);
      }
      case Event.Paste paste -> editor.insert(paste.text());
      case Event.Wheel wheel -> model.current().scrollback.scroll(wheel.steps());
      default -> {}
    }
    if (editor.text().getBytes(UTF_8).length > LIMIT_LINE_BYTES) {
      throw new AssertionError("a line of more than was allowed");
    }
  }

  private static void requireFits(Frame frame, Layout layout) {
    List<AttributedString> rows = frame.rows();
    if (rows.size() != layout.rows()) {
      throw new AssertionError(rows.size() + " rows for " + layout);
    }
    for (AttributedString row : rows) {
      String text = row.toString();
      if (layout.columns() > 1 && Columns.of(text) > layout.columns()) {
        throw new AssertionError(Columns.of(text) + " columns for " + layout + ": " + text);
      }
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw new AssertionError("a control character in: " + text);
      }
    }
    if (frame.cursorColumn() >= layout.columns() || frame.cursorRow() >= layout.rows()) {
      throw new AssertionError("the cursor is outside of " + layout);
    }
  }
}
