package fivefold.net;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections that hear the same. The message is encoded once and shared: sending to N members
 * makes no copy. A member that has closed leaves at the next broadcast; where those are rare, let
 * {@link StreamHandler#onClose} remove it.
 *
 * <pre>{@code
 * Group room = new Group();
 * room.add(connection);
 * room.broadcast(Message.of("hello\n"));
 * }</pre>
 *
 * <p>It joins connections of one process: the model {@code process} refuses handlers that make one.
 *
 * <p>Thread-safe. Each member receives the messages of one broadcasting thread in the order they
 * were broadcast; broadcasts of several threads may reach members in different orders.
 */
public final class Group {
  private final Set<Connection> members = ConcurrentHashMap.newKeySet();

  /** An empty group. */
  public Group() {
    NamedHandlers.requireCompany("a Group");
  }

  /** Adds a connection; false when it was a member. */
  public boolean add(Connection connection) {
    return members.add(connection);
  }

  /** Takes a connection out; false when it was no member. */
  public boolean remove(Connection connection) {
    return members.remove(connection);
  }

  /** Members, with those that have closed since the last broadcast. */
  public int size() {
    return members.size();
  }

  /**
   * Sends to every member, the sender too if it is one.
   *
   * @return how many accepted it
   */
  public int broadcast(Message message) {
    int accepted = 0;
    for (Iterator<Connection> each = members.iterator(); each.hasNext(); ) {
      Connection member = each.next();
      if (member.send(message)) {
        accepted++;
      } else if (!member.isOpen()) {
        each.remove();
      }
    }
    return accepted;
  }
}
