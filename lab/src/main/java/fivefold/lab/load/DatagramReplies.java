package fivefold.lab.load;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The datagrams in flight of one connection, by their numbers: they may come in any order, twice,
 * or not at all.
 */
final class DatagramReplies implements Replies {
  private static final long NOT_YET = Long.MIN_VALUE;

  private final Datagrams datagrams;
  private final long start;
  private final long[] sentNanos;
  private final long[] arrivedNanos;

  /** The number of the oldest in flight, and of the one that will be sent next. */
  private long oldest;

  private long next;

  DatagramReplies(Datagrams datagrams, long start, int pipeline) {
    this.datagrams = datagrams;
    this.start = start;
    this.sentNanos = new long[pipeline];
    this.arrivedNanos = new long[pipeline];
    Arrays.fill(arrivedNanos, NOT_YET);
  }

  private int place(long number) {
    return (int) (number % sentNanos.length);
  }

  long next() {
    return next;
  }

  void sent(long nowNanos) {
    sentNanos[place(next++)] = nowNanos;
  }

  /**
   * Takes one datagram. One that was given up, or has come before, is passed over: UDP may deliver
   * late, and twice.
   *
   * @return 1 when the oldest in flight is answered now, so that {@link #takeOldest} may be called
   */
  @Override
  public int take(ByteBuffer in, Tally tally) {
    long number = datagrams.number(in, next);
    if (number >= next || !datagrams.isDue(in, start, number)) {
      tally.mismatches++;
      return 0;
    }
    if (number >= oldest && arrivedNanos[place(number)] == NOT_YET) {
      arrivedNanos[place(number)] = System.nanoTime();
    }
    return isOldestAnswered() ? 1 : 0;
  }

  boolean isOldestAnswered() {
    return oldest < next && arrivedNanos[place(oldest)] != NOT_YET;
  }

  /** The oldest is in flight, and was sent before this. */
  boolean isOldestSentBefore(long nanos) {
    return oldest < next && sentNanos[place(oldest)] - nanos < 0;
  }

  /** Takes the oldest out, answered or not; returns when its reply came. */
  long takeOldest() {
    int place = place(oldest++);
    long nanos = arrivedNanos[place];
    arrivedNanos[place] = NOT_YET;
    return nanos;
  }
}
