package fivefold.testkit.conformance;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.ServerListener;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a server tells its listener. */
final class HeardListener implements ServerListener {
  final List<CloseReason> closed = new CopyOnWriteArrayList<>();
  final List<String> failed = new CopyOnWriteArrayList<>();
  final List<String> refused = new CopyOnWriteArrayList<>();
  final List<String> warned = new CopyOnWriteArrayList<>();

  @Override
  public void closed(Connection connection, CloseReason reason) {
    closed.add(reason);
  }

  @Override
  public void handlerFailed(SocketAddress peer, Throwable error) {
    failed.add(String.valueOf(error.getMessage()));
  }

  @Override
  public void refused(SocketAddress peer, String why) {
    refused.add(why);
  }

  @Override
  public void warned(String message) {
    warned.add(message);
  }
}
