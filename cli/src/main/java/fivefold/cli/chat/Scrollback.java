package fivefold.cli.chat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jline.utils.AttributedString;

/**
 * What has been said in a room, and which part of it is looked at. Who looks at the past is not
 * moved by what comes.
 */
final class Scrollback {
  private static final int LIMIT_ENTRIES = 5_000;

  /** How far back a message can be that the history of the server brings again. */
  private static final int RECENT = 500;

  /** A row of the screen, and what it belongs to. */
  record Row(AttributedString text, Entry entry) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private int rowsBelow;
  private int columns = 80;
  private int height = 24;

  /** The part of the screen it is shown in. */
  void fit(int newColumns, int newHeight) {
    columns = Math.max(1, newColumns);
    height = Math.max(0, newHeight);
    scroll(0);
  }

  void add(Entry entry) {
    entries.addLast(entry);
    if (entries.size() > LIMIT_ENTRIES) {
      entries.removeFirst();
    }
    if (rowsBelow > 0) {
      rowsBelow += entry.rows(columns).size();
    }
  }

  /** Whether this is among the last there are. */
  boolean hasRecent(Entry entry) {
    Iterator<Entry> newestFirst = entries.descendingIterator();
    for (int i = 0; i < RECENT && newestFirst.hasNext(); i++) {
      if (newestFirst.next().equals(entry)) {
        return true;
      }
    }
    return false;
  }

  /** Moves so many rows; negative goes back. */
  void scroll(int rows) {
    int wanted = Math.max(0, rowsBelow - rows);
    // No further than until the first row is on top.
    rowsBelow = Math.min(wanted, Math.max(0, rowCount(wanted + height) - height));
  }

  /** One page, with a row of the last one left for the eye. */
  void page(int direction) {
    scroll(direction * Math.max(1, height - 1));
  }

  void toEnd() {
    rowsBelow = 0;
  }

  /** How many rows are below what is looked at. */
  int rowsBelow() {
    return rowsBelow;
  }

  private int rowCount(int enough) {
    int count = 0;
    for (Iterator<Entry> each = entries.descendingIterator(); each.hasNext() && count < enough; ) {
      count += each.next().rows(columns).size();
    }
    return count;
  }

  /** What is looked at, from the top; fewer rows than fit when there are no more. */
  List<Row> visible() {
    List<Row> upwards = new ArrayList<>();
    int skip = rowsBelow;
    for (Iterator<Entry> each = entries.descendingIterator();
        each.hasNext() && upwards.size() < height; ) {
      Entry entry = each.next();
      List<AttributedString> rows = entry.rows(columns);
      for (int i = rows.size() - 1; i >= 0 && upwards.size() < height; i--) {
        if (skip > 0) {
          skip--;
        } else {
          upwards.add(new Row(rows.get(i), entry));
        }
      }
    }
    Collections.reverse(upwards);
    return upwards;
  }
}
