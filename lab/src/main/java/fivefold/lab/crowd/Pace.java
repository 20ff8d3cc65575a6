package fivefold.lab.crowd;

import java.util.ArrayDeque;

/**
 * How many a second, over the last two seconds: a pause of the collector's, which with a million
 * connections may take longer than the picture of them is old, is not all that is seen.
 */
final class Pace {
  private static final long WINDOW_NANOS = 2_000_000_000;

  private final ArrayDeque<Look> looks = new ArrayDeque<>();

  private record Look(long nanos, long done) {}

  /** Nothing is done yet. */
  void begin(long nowNanos) {
    looks.clear();
    at(nowNanos, 0);
  }

  void at(long nowNanos, long done) {
    looks.addLast(new Look(nowNanos, done));
    while (looks.size() > 2 && nowNanos - looks.getFirst().nanos > WINDOW_NANOS) {
      looks.removeFirst();
    }
  }

  long perSecond() {
    Look first = looks.getFirst();
    Look last = looks.getLast();
    return (last.done - first.done) * 1_000_000_000L / Math.max(1, last.nanos - first.nanos);
  }
}
