package fivefold.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * One driver that serves handlers: it listens, accepts, and calls. A {@link Server} takes it
 * through the phases of its life; each method is called from one thread at a time, in this order:
 *
 * <pre>{@code
 * engine.start(); ... engine.stopAccepting(); engine.drain(); engine.openCount() == 0 ?
 * engine.abort(); engine.terminate();
 * }</pre>
 */
public interface Engine {

  /**
   * Listens and starts its threads.
   *
   * @return the address that was bound
   */
  SocketAddress start() throws IOException;

  /** Closes the listening socket; connections go on. */
  void stopAccepting();

  /**
   * Asks each connection to handle what has already arrived, to send what waits, and to close.
   * Returns at once; {@link #openCount} goes down to zero.
   */
  void drain();

  /** Connections that are open now. */
  int openCount();

  /**
   * Cuts off what is left.
   *
   * @return bytes that still waited to be sent
   */
  long abort();

  /** Ends all threads and frees everything; returns when it is done. */
  void terminate();

  /** Whether the calling thread runs handlers of this engine, and so cannot wait for their end. */
  boolean isOnOwnThread();

  ServerStats stats();

  /** Where the time of each loop went; empty for a driver without loops. */
  default List<LoopStats> loops() {
    return List.of();
  }

  /**
   * Reports each loop that does not come round in time to the server's listener; after {@link
   * #start}. A driver whose threads wait for one connection each has nothing to report.
   */
  default void watchLoops(Duration limit) {}

  /** The connections of this moment. */
  List<Connection> connections();

  /** What the poller of this moment watches; empty for a model that has no poller. */
  List<Watched> watched();
}
