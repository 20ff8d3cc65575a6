package fivefold.net.loop;

import fivefold.sys.Errno;

/**
 * A listener's pause when nothing can be accepted for want of descriptors or memory: it ends after
 * a while, each time a longer one, or when a connection has closed. On the listener's loop, but for
 * {@link #maybeRoom}.
 */
public final class AcceptPause {
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final Strand loop;
  private final StreamServing serving;
  private final Runnable onEnd;
  private volatile boolean paused;
  private long pauseNanos = FIRST_PAUSE_NANOS;

  /**
   * Of a listener on this loop.
   *
   * @param onEnd accepts again
   */
  public AcceptPause(Strand loop, StreamServing serving, Runnable onEnd) {
    this.loop = loop;
    this.serving = serving;
    this.onEnd = onEnd;
  }

  /** Whether accept(2) has failed for want of something, and not for that one connection. */
  public static boolean isExhausted(int errno) {
    return errno == Errno.EMFILE
        || errno == Errno.ENFILE
        || errno == Errno.ENOBUFS
        || errno == Errno.ENOMEM
        // What java.nio's exception becomes whose text is not understood, in a language other than
        // English: it may be any of those above. accept(2) itself knows no EIO.
        || errno == Errno.EIO;
  }

  public boolean isPaused() {
    return paused;
  }

  /** Begins one. */
  public void begin(String why) {
    paused = true;
    serving.acceptPaused(why);
    loop.schedule(pauseNanos, this::end);
    pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
  }

  /** It went well: the next pause is a short one. */
  public void reset() {
    pauseNanos = FIRST_PAUSE_NANOS;
  }

  /** A connection has closed, which may have freed what was missing. Any thread. */
  public void maybeRoom() {
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
