package fivefold.net.flight;

import fivefold.net.CallObserver;
import fivefold.net.Connection;
import fivefold.net.HandlerCall;

/** One event for each call of a handler, kept if it took longer than the recording's threshold. */
final class FlightCalls implements CallObserver {
  private HandlerCallEvent event = new HandlerCallEvent();

  @Override
  public void begins(HandlerCall call) {
    event.begin();
  }

  @Override
  public void ended(HandlerCall call, Connection connection) {
    event.end();
    if (event.shouldCommit()) {
      event.call = call.name();
      event.connection = connection.id();
      event.peer = connection.remoteAddress().toString();
      event.commit();
      event = new HandlerCallEvent();
    }
  }
}
