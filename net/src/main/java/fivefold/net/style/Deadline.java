package fivefold.net.style;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time until which a block of a conversation is to be done; see {@link Conversation#within}.
 */
public final class Deadline implements AutoCloseable {
  /** 146 years: the sum must not pass the end of the clock. */
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

  private final Conversation conversation;
  private final @Nullable Deadline outer;
  private final Duration span;
  private final long atNanos;

  Deadline(Conversation conversation, @Nullable Deadline outer, Duration span) {
    this.conversation = conversation;
    this.outer = outer;
    long at = System.nanoTime() + Math.clamp(TimeUnit.NANOSECONDS.convert(span), 0, LONGEST_NANOS);
    // The earlier one counts, and is the one that is told of.
    boolean outerIsEarlier = outer != null && outer.atNanos - at < 0;
    this.span = outer != null && outerIsEarlier ? outer.span : span;
    this.atNanos = outer != null && outerIsEarlier ? outer.atNanos : at;
  }

  Duration span() {
    return span;
  }

  long remainingNanos() {
    return atNanos - System.nanoTime();
  }

  boolean hasPassed() {
    return remainingNanos() <= 0;
  }

  /** The block is over: from now on the deadline around it counts, if there is one. */
  @Override
  public void close() {
    conversation.endDeadline(this, outer);
  }
}
