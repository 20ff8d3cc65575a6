package fivefold.lab.load;

import java.nio.ByteBuffer;

/** One line for each request; what it says cannot be judged. */
final class LineReplies implements Replies {

  @Override
  public int take(ByteBuffer in, Tally tally) {
    int ended = 0;
    for (int i = in.position(); i < in.limit(); i++) {
      ended += in.get(i) == '\n' ? 1 : 0;
    }
    return ended;
  }
}
