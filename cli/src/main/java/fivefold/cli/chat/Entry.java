package fivefold.cli.chat;

import fivefold.cli.screen.Columns;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * Something in the scrollback.
 *
 * @param time of day, or empty
 * @param author of a message, or empty
 */
record Entry(Kind kind, String time, String author, String text) {
  enum Kind {
    MESSAGE,
    NOTICE,
    REFUSAL,
    /** This program's own word. */
    HERE
  }

  /** Room for a time and a space; below it the lines of a message continue. */
  private static final int INDENT = 9;

  private static final int LEAST_TEXT_COLUMNS = 10;

  static Entry said(ServerLine.Said said) {
    return new Entry(Kind.MESSAGE, said.time(), said.from(), said.text());
  }

  static Entry of(Kind kind, String text) {
    return new Entry(kind, "", "", text);
  }

  /** As rows of at most this width. */
  List<AttributedString> rows(int columns) {
    int indent = columns >= INDENT + LEAST_TEXT_COLUMNS ? INDENT : 0;
    String head = author.isEmpty() ? mark() : author + ": ";
    List<AttributedString> rows = new ArrayList<>();
    for (String line : Columns.wrapped(head + text, Math.max(1, columns - indent))) {
      rows.add(rows.isEmpty() ? first(line, indent) : row(" ".repeat(indent), line, 0));
    }
    return rows;
  }

  private String mark() {
    return switch (kind) {
      case MESSAGE -> "";
      case NOTICE -> "* ";
      case REFUSAL -> "! ";
      case HERE -> "-- ";
    };
  }

  private AttributedString first(String line, int indent) {
    String stamp = Columns.padded(indent == 0 ? "" : time, indent);
    return row(stamp, line, Math.min(author.length(), line.length()));
  }

  private AttributedString row(String stamp, String line, int nameLength) {
    return new AttributedStringBuilder()
        .append(stamp, Theme.TIME)
        .append(line.substring(0, nameLength), Theme.name(author))
        .append(line.substring(nameLength), Theme.of(kind))
        .toAttributedString();
  }
}
