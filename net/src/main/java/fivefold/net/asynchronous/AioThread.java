package fivefold.net.asynchronous;

import fivefold.net.loop.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * A thread that runs connections' work in turn; it brings its own buffers and counters.
 *
 * <p>While one event is handled, the JDK completes a bounded number of operations at once (16, see
 * {@code sun.nio.ch.maxCompletionHandlersOnStack}); what is begun after these goes by way of the
 * poller even where the kernel would take it. So it is counted how many there were.
 */
final class AioThread extends Thread {
  /** Of a thread of the channel group. */
  static final int AT_ONCE_LIMIT = 16;

  /**
   * Of any other: what it begins on a group with a fixed pool always goes by way of the poller
   * ({@code sun.nio.ch.UnixAsynchronousSocketChannelImpl}).
   */
  static final int NEVER_AT_ONCE = 0;

  private final int atOnceLimit;
  private final Scratch scratch = new Scratch();
  private @Nullable AioStrand running;
  private int atOnceCount;

  AioThread(Runnable work, String name, int atOnceLimit) {
    super(work, name);
    this.atOnceLimit = atOnceLimit;
    setDaemon(true);
  }

  Scratch scratch() {
    return scratch;
  }

  @Nullable AioStrand running() {
    return running;
  }

  void setRunning(@Nullable AioStrand strand) {
    running = strand;
  }

  static AioThread current() {
    return (AioThread) Thread.currentThread();
  }

  /** The JDK begins to count. */
  void eventBegins() {
    atOnceCount = 0;
  }

  void completedAtOnce() {
    atOnceCount++;
  }

  /** Half of the operations that can be over at once are used up, or there are none. */
  boolean isNearLimit() {
    return atOnceCount >= atOnceLimit / 2;
  }
}
