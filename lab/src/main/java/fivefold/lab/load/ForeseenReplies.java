package fivefold.lab.load;

import java.nio.ByteBuffer;

/** Replies of which each byte is known beforehand. */
final class ForeseenReplies implements Replies {
  private final Cycle due;
  private final int replyBytes;
  private long place;

  /** Of the reply that is due next. */
  private long missingBytes;

  ForeseenReplies(Cycle due, long start, int replyBytes) {
    this.due = due;
    this.place = start;
    this.replyBytes = replyBytes;
    this.missingBytes = replyBytes;
  }

  @Override
  public int take(ByteBuffer in, Tally tally) {
    int count = in.remaining();
    if (!SameBytes.in(in, due.from(place, count))) {
      tally.mismatches++;
    }
    place = due.within(place + count);
    missingBytes -= count;
    int ended = 0;
    while (missingBytes <= 0) {
      missingBytes += replyBytes;
      ended++;
    }
    return ended;
  }
}
