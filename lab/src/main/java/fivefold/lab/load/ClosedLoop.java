package fivefold.lab.load;

import java.io.IOException;
import java.util.List;

/** On each connection so many requests are in flight, and each reply sends the next. */
final class ClosedLoop implements Pacing {
  private final Traffic traffic;
  private final int requestBytes;
  private boolean flowing;

  ClosedLoop(Traffic traffic, int requestBytes) {
    this.traffic = traffic;
    this.requestBytes = requestBytes;
  }

  @Override
  public void begin(List<LoadConnection> connections) throws IOException {
    flowing = true;
    for (LoadConnection connection : connections) {
      long nowNanos = System.nanoTime();
      while (connection.hasRoom()) {
        connection.begin(requestBytes, nowNanos);
      }
      traffic.send(connection);
    }
  }

  @Override
  public void answered(LoadConnection connection, long nowNanos) {
    if (flowing) {
      connection.begin(requestBytes, nowNanos);
    }
  }

  @Override
  public long advance() {
    return NOTHING_DUE;
  }

  @Override
  public void postponed(long nanos) {
    // Nothing is due but by replies.
  }

  @Override
  public void end(long nowNanos) {
    flowing = false;
  }
}
