package fivefold.net.loop;

import java.util.concurrent.Executor;

/**
 * Where the calls of a connection run, one at a time: the loop's own thread, or a pool that takes
 * the connection's work in turns.
 */
public interface Strand extends Executor {

  /** Whether this thread is running this strand's work now. */
  boolean isCurrent();

  /** The buffers of the thread that runs it; only while {@link #isCurrent}. */
  Scratch scratch();

  /**
   * Time as of this turn while {@link #isCurrent}, which saves asking the clock; else the clock's.
   */
  long nowNanos();

  /** Runs the task at the end of this turn; only while {@link #isCurrent}. */
  void defer(Runnable endOfTurn);

  /** Runs the task after the delay. Any thread. */
  Timer schedule(long delayNanos, Runnable task);

  /** Takes back what was scheduled, unless it has begun; it is forgotten at once. Any thread. */
  void cancel(Timer timer);
}
