package fivefold.net;

import java.lang.System.Logger.Level;
import java.net.SocketAddress;

/** Keeps what a listener throws from the threads that tell it: they have connections to serve. */
record GuardedListener(ServerListener listener) implements ServerListener {
  private static final System.Logger LOG = System.getLogger("fivefold.net");

  @Override
  public void handlerFailed(SocketAddress peer, Throwable error) {
    guarded(() -> listener.handlerFailed(peer, error));
  }

  @Override
  public void opened(Connection connection) {
    guarded(() -> listener.opened(connection));
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    guarded(() -> listener.closed(connection, reason));
  }

  @Override
  public void refused(SocketAddress peer, String why) {
    guarded(() -> listener.refused(peer, why));
  }

  @Override
  public void acceptPaused(String why) {
    guarded(() -> listener.acceptPaused(why));
  }

  @Override
  public void warned(String message) {
    guarded(() -> listener.warned(message));
  }

  @Override
  public void loopStalled(LoopStall stall) {
    guarded(() -> listener.loopStalled(stall));
  }

  @Override
  public void loopCameRound(LoopStall stall) {
    guarded(() -> listener.loopCameRound(stall));
  }

  private static void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the server's listener threw", e);
    }
  }
}
