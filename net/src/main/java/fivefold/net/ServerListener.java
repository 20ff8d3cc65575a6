package fivefold.net;

import java.net.SocketAddress;

/**
 * Hears what a server meets; the default writes to the system's log. Called on the server's own
 * threads, perhaps several at once, so it must be quick and thread-safe. What it throws is logged.
 */
public interface ServerListener {

  /** A handler threw; its connection is closing. */
  default void handlerFailed(SocketAddress peer, Throwable error) {}

  /** A connection was opened. */
  default void opened(Connection connection) {}

  /** A connection has ended, after its handler was told. */
  default void closed(Connection connection, CloseReason reason) {}

  /** A connection was closed unheard, because of a limit. */
  default void refused(SocketAddress peer, String why) {}

  /** Descriptors or memory ran out; accepting goes on by itself after the pause. */
  default void acceptPaused(String why) {}

  /** Something an operator should know, such as a pool whose threads are all taken. */
  default void warned(String message) {}

  /**
   * A loop has not come round for the limit; told once for each stall, as long as it lasts. On the
   * watchdog's thread.
   */
  default void loopStalled(LoopStall stall) {}

  /**
   * A stalled loop has come round; {@code stall} has the stack from before, and the whole length.
   */
  default void loopCameRound(LoopStall stall) {}

  /** Writes to the {@code System.Logger} named {@code fivefold.net}. */
  static ServerListener logging() {
    return LoggingListener.INSTANCE;
  }
}
