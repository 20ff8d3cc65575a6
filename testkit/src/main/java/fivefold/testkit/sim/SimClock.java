package fivefold.testkit.sim;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: it stands still while something runs, and leaps to the next event. */
final class SimClock {
  private record Event(long atNanos, long number, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::number));
  // Read by threads that post tasks.
  private volatile long nowNanos = 1;
  private long count;

  long nowNanos() {
    return nowNanos;
  }

  /** Not before now; events of one time happen in the order they were asked for. */
  void at(long atNanos, Runnable action) {
    events.add(new Event(Math.max(atNanos, nowNanos), count++, action));
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** Lets the next event happen if it is due by then. */
  boolean happensBy(long deadlineNanos) {
    Event next = events.peek();
    if (next == null || next.atNanos > deadlineNanos) {
      return false;
    }
    events.remove();
    nowNanos = next.atNanos;
    next.action.run();
    return true;
  }

  void leapTo(long atNanos) {
    nowNanos = Math.max(nowNanos, atNanos);
  }
}
