package fivefold.lab.load;

import java.nio.ByteBuffer;

/** Judges what comes back on one connection. */
interface Replies {
  /** In place of a number of replies: what comes cannot be understood any more. */
  int BROKEN = -1;

  /**
   * Takes bytes and counts what is wrong with them.
   *
   * @param in direct, at most {@link Cycle#SLICE_LIMIT_BYTES}; all of it is taken
   * @return how many replies it ends, or {@link #BROKEN}
   */
  int take(ByteBuffer in, Tally tally);
}
