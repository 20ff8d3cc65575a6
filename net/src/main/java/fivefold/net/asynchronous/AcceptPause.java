package fivefold.net.asynchronous;

import fivefold.net.loop.StreamServing;
import fivefold.sys.Errno;

/**
 * When nothing can be accepted for want of descriptors or memory: tries again after a while, each
 * time a longer one, or when a connection has closed.
 */
final class AcceptPause {
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final UringLoop loop;
  private final StreamServing serving;
  private final Runnable onEnd;
  private volatile boolean paused;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  AcceptPause(UringLoop loop, StreamServing serving, Runnable onEnd) {
    this.loop = loop;
    this.serving = serving;
    this.onEnd = onEnd;
  }

  static boolean isExhausted(int errno) {
    return errno == Errno.EMFILE
        || errno == Errno.ENFILE
        || errno == Errno.ENOBUFS
        || errno == Errno.ENOMEM;
  }

  boolean isPaused() {
    return paused;
  }

  void begin(String why) {
    paused = true;
    serving.acceptPaused(why);
    loop.schedule(pauseNanos, this::end);
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  /** It went well. */
  void reset() {
    pauseNanos = FIRST_PAUSE_NANOS;
  }

  /** A connection has closed. Any thread. */
  void maybeRoom() {
    if (paused) {
      loop.execute(this::end);
    }
  }

  private void end() {
    if (paused) {
      paused = false;
      onEnd.run();
    }
  }
}
