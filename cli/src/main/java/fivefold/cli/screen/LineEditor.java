package fivefold.cli.screen;

import java.util.ArrayList;
import java.util.List;

/**
 * One line being typed: characters of any width, with what belongs to them (accents, joined
 * pictures) moved over and deleted together; and the lines before it, by the arrows.
 */
public final class LineEditor {
  private static final int LIMIT_HISTORY = 200;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private final int limitBytes;
  private final List<String> history = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int cursor;
  private int shownFrom;
  // Index into the history; its size means the line being typed.
  private int browsing;
  private String unfinished = "";

  /**
   * An empty line.
   *
   * @param limitBytes of a line as UTF-8; what would make it longer is not taken
   */
  public LineEditor(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  public String text() {
    return text.toString();
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** Puts this in place of all that is there, the cursor behind it. */
  public void set(String line) {
    text.setLength(0);
    cursor = 0;
    insert(line);
  }

  /** Puts text at the cursor; line ends and other control characters become spaces. */
  public void insert(String added) {
    String clean = added.replaceAll("\\p{IsControl}+", " ");
    for (int i = 0; i < clean.length(); ) {
      int point = clean.codePointAt(i);
      type(point);
      i += Character.charCount(point);
    }
  }

  /** The line is done: it is returned, kept among those before, and a new one begins. */
  public String take() {
    String line = text.toString();
    if (!line.isBlank() && (history.isEmpty() || !history.getLast().equals(line))) {
      history.add(line);
      if (history.size() > LIMIT_HISTORY) {
        history.removeFirst();
      }
    }
    set("");
    browsing = history.size();
    return line;
  }

  /** The same for a line that nobody is to see again. */
  public String takeSecret() {
    String line = text.toString();
    set("");
    browsing = history.size();
    return line;
  }

  /** Does what the key says; false when it says nothing to a line. */
  public boolean press(Event.Key key) {
    switch (key.code()) {
      case CHARACTER -> {
        return key.ctrl() ? control(key.codePoint()) : !key.alt() && type(key.codePoint());
      }
      case BACKSPACE -> delete(left(cursor), cursor);
      case DELETE -> delete(cursor, right(cursor));
      case LEFT -> cursor = key.ctrl() ? wordLeft() : left(cursor);
      case RIGHT -> cursor = key.ctrl() ? wordRight() : right(cursor);
      case HOME -> cursor = 0;
      case END -> cursor = text.length();
      case UP -> browse(-1);
      case DOWN -> browse(1);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The usual ones of Emacs, as in shells. */
  private boolean control(int letter) {
    switch (letter) {
      case 'a' -> cursor = 0;
      case 'e' -> cursor = text.length();
      case 'b' -> cursor = left(cursor);
      case 'f' -> cursor = right(cursor);
      case 'd' -> delete(cursor, right(cursor));
      case 'k' -> delete(cursor, text.length());
      case 'u' -> delete(0, cursor);
      case 'w' -> delete(wordLeft(), cursor);
      case 'p' -> browse(-1);
      case 'n' -> browse(1);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean type(int point) {
    // Also those of 0x80 to 0x9f, which no key sends: a terminal would obey them.
    if (!Character.isISOControl(point) && utf8Bytes() + utf8Bytes(point) <= limitBytes) {
      text.insert(cursor, Character.toString(point));
      cursor += Character.charCount(point);
    }
    return true;
  }

  private int utf8Bytes() {
    return text.codePoints().map(LineEditor::utf8Bytes).sum();
  }

  private static int utf8Bytes(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  private void delete(int from, int to) {
    text.delete(from, to);
    cursor = from;
  }

  private int left(int from) {
    int at = from;
    while (at > 0) {
      at = text.offsetByCodePoints(at, -1);
      if (beginsCharacter(at)) {
        break;
      }
    }
    return at;
  }

  private int right(int from) {
    int at = from;
    while (at < text.length()) {
      at = text.offsetByCodePoints(at, 1);
      if (beginsCharacter(at)) {
        break;
      }
    }
    return at;
  }

  private boolean beginsCharacter(int at) {
    return at == 0
        || at == text.length()
        || (Columns.of(text.codePointAt(at)) > 0 && text.codePointBefore(at) != ZERO_WIDTH_JOINER);
  }

  private int wordLeft() {
    int at = cursor;
    while (at > 0 && Character.isWhitespace(text.codePointBefore(at))) {
      at = left(at);
    }
    while (at > 0 && !Character.isWhitespace(text.codePointBefore(at))) {
      at = left(at);
    }
    return at;
  }

  private int wordRight() {
    int at = cursor;
    while (at < text.length() && Character.isWhitespace(text.codePointAt(at))) {
      at = right(at);
    }
    while (at < text.length() && !Character.isWhitespace(text.codePointAt(at))) {
      at = right(at);
    }
    return at;
  }

  private void browse(int step) {
    int next = browsing + step;
    if (next < 0 || next > history.size()) {
      return;
    }
    if (browsing == history.size()) {
      unfinished = text.toString();
    }
    browsing = next;
    set(next == history.size() ? unfinished : history.get(next));
  }

  /**
   * What of the line is to be seen, and where the cursor stands in it. A line that is too long
   * moves under the cursor.
   */
  public View view(int columns) {
    shownFrom = Math.min(shownFrom, cursor);
    // One column is left for the cursor behind the last character.
    while (Columns.of(text.substring(shownFrom, cursor)) >= columns && shownFrom < cursor) {
      shownFrom = right(shownFrom);
    }
    while (shownFrom > 0 && Columns.of(text.substring(left(shownFrom))) < columns) {
      shownFrom = left(shownFrom);
    }
    return new View(
        Columns.fitting(text.substring(shownFrom), columns),
        Columns.of(text.substring(shownFrom, cursor)));
  }

  /** A part of a line that fits, and the column of the cursor. */
  public record View(String text, int cursorColumn) {}
}
