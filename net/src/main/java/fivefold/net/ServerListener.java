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

  /** Writes to the {@code System.Logger} named {@code fivefold.net}. */
  static ServerListener logging() {
    return LoggingListener.INSTANCE;
  }
}
