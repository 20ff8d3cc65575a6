package fivefold.net.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a loop, in no order. Each knows its place, so that none needs a node of its
 * own here. Belongs to one thread.
 *
 * @param <C> the kind of connection
 */
final class OpenConnections<C extends StreamConnection> {
  private @Nullable StreamConnection[] table = new StreamConnection[64];
  private int size;

  int size() {
    return size;
  }

  void add(C connection) {
    if (size == table.length) {
      table = Arrays.copyOf(table, size * 3 / 2);
    }
    connection.setPlace(size);
    table[size++] = connection;
  }

  /** Puts the last one into its place. */
  void remove(C connection) {
    int place = connection.place();
    if (place == StreamConnection.NOWHERE) {
      return;
    }
    connection.setPlace(StreamConnection.NOWHERE);
    StreamConnection last = at(--size);
    table[size] = null;
    if (place < size) {
      table[place] = last;
      last.setPlace(place);
    }
  }

  /** The one at a place below {@link #size}. */
  @SuppressWarnings({"unchecked", "NullAway"}) // only C is added; below size there is one
  C at(int place) {
    return (C) table[place];
  }

  List<C> copy() {
    List<C> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      all.add(at(i));
    }
    return all;
  }
}
