package fivefold.net;

/**
 * Stands around the calls of one connection's handler. As these never overlap, it may keep what it
 * measures in fields; a new one is made for each connection.
 */
public interface CallObserver {

  /** The handler is about to be called, on this thread. */
  void begins(HandlerCall call);

  /** The call has returned, or thrown; on the same thread. */
  void ended(HandlerCall call, Connection connection);
}
