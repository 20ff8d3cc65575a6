package fivefold.net.loop;

import java.io.IOException;
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
  void schedule(long delayNanos, Runnable task);

  /**
   * Watches the descriptor of a handler.
   *
   * @throws IOException when the poller cannot watch it
   */
  void watch(EventHandler handler) throws IOException;

  /** The handler may want something else now; only while {@link #isCurrent}. */
  void update(EventHandler handler);

  /**
   * Ceases to watch the handler's descriptor if it is watched, then runs the task, which may close
   * it, on the thread of the poller. Only while {@link #isCurrent}.
   */
  void unwatch(EventHandler handler, Runnable then);
}
