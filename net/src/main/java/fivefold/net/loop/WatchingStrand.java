package fivefold.net.loop;

import java.io.IOException;

/** A strand that is told of readiness. */
public interface WatchingStrand extends Strand {

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
