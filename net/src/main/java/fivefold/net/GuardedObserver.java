package fivefold.net;

import java.lang.System.Logger.Level;

/** Keeps what an observer throws from the handler, which has done nothing wrong. */
record GuardedObserver(CallObserver observer) implements CallObserver {
  private static final System.Logger LOG = System.getLogger("fivefold.net");

  @Override
  public void begins(HandlerCall call) {
    try {
      observer.begins(call);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the observer of a handler's calls threw", e);
    }
  }

  @Override
  public void ended(HandlerCall call, Connection connection) {
    try {
      observer.ended(call, connection);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the observer of a handler's calls threw", e);
    }
  }
}
