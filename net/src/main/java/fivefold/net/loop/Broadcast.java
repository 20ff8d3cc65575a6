package fivefold.net.loop;

import fivefold.net.Message;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way round the members of a {@link LoopFanout}, and the next one. The chain is as
 * long as the slowest member is behind; what all have got is garbage.
 */
final class Broadcast {
  private static final AtomicLong NUMBERS = new AtomicLong();

  final Message message;

  /** Greater than of any broadcast before, of whichever group. */
  final long number = NUMBERS.incrementAndGet();

  // The loop's: a view for each delivery would be garbage.
  private final ByteBuffer view;

  private volatile @Nullable Broadcast next;

  Broadcast(Message message) {
    this.message = message;
    this.view = message.view();
  }

  @Nullable Broadcast next() {
    return next;
  }

  void setNext(Broadcast following) {
    next = following;
  }

  /** All of its bytes; valid until the next call. Only on the loop. */
  ByteBuffer view() {
    return view.clear();
  }
}
