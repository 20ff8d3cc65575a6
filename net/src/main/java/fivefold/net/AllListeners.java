package fivefold.net;

import java.net.SocketAddress;
import java.util.List;

/** Several that hear of the same server. */
record AllListeners(List<ServerListener> all) implements ServerListener {

  @Override
  public void handlerFailed(SocketAddress peer, Throwable error) {
    all.forEach(each -> each.handlerFailed(peer, error));
  }

  @Override
  public void opened(Connection connection) {
    all.forEach(each -> each.opened(connection));
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    all.forEach(each -> each.closed(connection, reason));
  }

  @Override
  public void refused(SocketAddress peer, String why) {
    all.forEach(each -> each.refused(peer, why));
  }

  @Override
  public void acceptPaused(String why) {
    all.forEach(each -> each.acceptPaused(why));
  }

  @Override
  public void warned(String message) {
    all.forEach(each -> each.warned(message));
  }

  @Override
  public void loopStalled(LoopStall stall) {
    all.forEach(each -> each.loopStalled(stall));
  }

  @Override
  public void loopCameRound(LoopStall stall) {
    all.forEach(each -> each.loopCameRound(stall));
  }
}
