package fivefold.net;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections that hear the same. The message is encoded once and shared: sending to N members
 * makes no copy. A member that closes leaves by itself, at the next broadcast at the latest.
 *
 * <pre>{@code
 * Group room = new Group();
 * room.add(connection);
 * room.broadcast(Message.of("hello\n"));
 * }</pre>
 *
 * <p>Members that an event loop serves cost no task each: their loop goes round them in slices, and
 * serves its other connections in between. What is sent to a member after a broadcast reaches it
 * after that, also when the loop has not come round to it yet.
 *
 * <p>It joins connections of one process: the model {@code process} refuses handlers that make one.
 *
 * <p>Thread-safe. Each member receives the messages of one broadcasting thread in the order they
 * were broadcast, whatever groups it is in; broadcasts of several threads may reach members in
 * different orders.
 */
public final class Group {
  // Written under this; few, one for each loop.
  private final Map<Object, Fanout> fanouts = new HashMap<>();
  private volatile List<Fanout> known = List.of();

  /** Those that have no loop, or are a layer that sends other bytes over one that has. */
  private final Set<Connection> others = ConcurrentHashMap.newKeySet();

  /** An empty group. */
  public Group() {
    NamedHandlers.requireCompany("a Group");
  }

  /** Adds a connection; false when it was a member, or has closed. */
  public boolean add(Connection connection) {
    Connection inner = inner(connection);
    if (inner instanceof Fanout.Member member) {
      Object loop = member.loop();
      if (loop != null) {
        return add(member, loop);
      }
    }
    return others.add(inner);
  }

  private static Connection inner(Connection connection) {
    Connection inner = connection;
    while (inner instanceof Fanout.Passing passing) {
      inner = passing.inner();
    }
    return inner;
  }

  private synchronized boolean add(Fanout.Member member, Object loop) {
    Fanout existing = fanouts.get(loop);
    if (existing != null) {
      return !existing.contains(member) && existing.add(member);
    }
    Fanout fanout = member.newFanout(this);
    boolean added = fanout.add(member);
    if (added) {
      fanouts.put(loop, fanout);
      known = List.copyOf(fanouts.values());
    }
    return added;
  }

  /** Takes a connection out; false when it was no member. It still gets what was broadcast. */
  public boolean remove(Connection connection) {
    Connection inner = inner(connection);
    if (inner instanceof Fanout.Member member) {
      Object loop = member.loop();
      if (loop != null) {
        return remove(member, loop);
      }
    }
    return others.remove(inner);
  }

  private synchronized boolean remove(Fanout.Member member, Object loop) {
    Fanout fanout = fanouts.get(loop);
    if (fanout == null || !fanout.remove(member)) {
      return false;
    }
    if (fanout.size() == 0) {
      // It would hold on to a loop that may have ended.
      fanouts.remove(loop);
      known = List.copyOf(fanouts.values());
    }
    return true;
  }

  /** Members, with those that have closed since the last broadcast. */
  public int size() {
    int size = others.size();
    for (Fanout each : known) {
      size += each.size();
    }
    return size;
  }

  /**
   * Sends to every member, the sender too if it is one. Does not wait until they have it.
   *
   * @return how many members it is on its way to; one that closes meanwhile, or whose outbox
   *     refuses, does not get it
   */
  public int broadcast(Message message) {
    int count = 0;
    for (Fanout each : known) {
      count += each.broadcast(message);
    }
    return others.isEmpty() ? count : count + sendToOthers(message);
  }

  private int sendToOthers(Message message) {
    int accepted = 0;
    for (Iterator<Connection> each = others.iterator(); each.hasNext(); ) {
      Connection member = each.next();
      if (member.send(message)) {
        accepted++;
      } else if (!member.isOpen()) {
        each.remove();
      }
    }
    return accepted;
  }

  /**
   * The messages, in bytes, with which some loop is not through with all of its members: what has
   * come faster than it can be delivered, and waits in memory. Who broadcasts for others refuses
   * them when it is too much. What waits for a slow member alone is in its outbox, and not counted.
   */
  public long backlogBytes() {
    long most = 0;
    for (Fanout each : known) {
      most = Math.max(most, each.backlogBytes());
    }
    return most;
  }
}
