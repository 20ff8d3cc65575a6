package fivefold.lab.load;

import java.util.ArrayList;
import java.util.List;

/**
 * The last requests of a load, one by one, in memory that is taken once: when each began, when its
 * reply was there, and when the generator itself waited.
 *
 * <pre>{@code
 * RequestLog log = new RequestLog(100_000);
 * generator.run(plan, WindowObserver.NONE, log);
 * log.entries().forEach(System.out::println);
 * }</pre>
 *
 * <p>Belongs to the load's thread.
 */
public final class RequestLog {
  /** In place of a connection: the generator waited for replies. */
  public static final int WAIT = -1;

  private final int[] connections;
  private final int[] places;
  private final long[] fromNanos;
  private final long[] toNanos;
  private long next;

  /**
   * One of these.
   *
   * @param connection counted from 0, or {@link #WAIT}
   * @param place in its pipeline: of one place no two requests are under way at the same time
   * @param fromNanos in an open loop when it was due, {@link System#nanoTime}
   */
  public record Entry(int connection, int place, long fromNanos, long toNanos) {}

  /**
   * An empty log.
   *
   * @param capacity how many entries it keeps
   */
  public RequestLog(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity is " + capacity + "; expected 1 or more");
    }
    connections = new int[capacity];
    places = new int[capacity];
    fromNanos = new long[capacity];
    toNanos = new long[capacity];
  }

  void waited(long from, long to) {
    add(WAIT, 0, from, to);
  }

  void answered(int connection, int place, long from, long to) {
    add(connection, place, from, to);
  }

  private void add(int connection, int place, long from, long to) {
    int at = (int) (next++ % connections.length);
    connections[at] = connection;
    places[at] = place;
    fromNanos[at] = from;
    toNanos[at] = to;
  }

  /** What is kept, in the order in which it ended. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (long number = forgotten(); number < next; number++) {
      int at = (int) (number % connections.length);
      entries.add(new Entry(connections[at], places[at], fromNanos[at], toNanos[at]));
    }
    return entries;
  }

  /** How many there were more than are kept. */
  public long forgotten() {
    return Math.max(0, next - connections.length);
  }
}
