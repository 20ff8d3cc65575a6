package fivefold.lab.load;

import java.io.IOException;
import java.util.List;

/** All connections ask at once; when all are answered there is a pause, and they ask again. */
final class Bursts implements Pacing {
  private static final long PAUSE_NANOS = 10_000_000;

  /** How long after a burst it is looked whether those that still wait are there at all. */
  private static final long COUNT_NANOS = 100_000_000;

  private final Traffic traffic;
  private final int requestBytes;
  private List<LoadConnection> connections = List.of();
  private long outstanding;
  private long dueNanos;
  private long countNanos;
  private boolean flowing;

  Bursts(Traffic traffic, int requestBytes) {
    this.traffic = traffic;
    this.requestBytes = requestBytes;
  }

  @Override
  public void begin(List<LoadConnection> open) {
    connections = open;
    outstanding = 0;
    dueNanos = System.nanoTime();
    flowing = true;
  }

  @Override
  public void answered(LoadConnection connection, long nowNanos) {
    if (outstanding > 0 && --outstanding == 0) {
      dueNanos = nowNanos + PAUSE_NANOS;
    }
  }

  @Override
  public long advance() throws IOException {
    if (!flowing) {
      return NOTHING_DUE;
    }
    long nowNanos = System.nanoTime();
    if (outstanding > 0) {
      return count(nowNanos);
    }
    if (dueNanos - nowNanos > 0) {
      return dueNanos - nowNanos;
    }
    burst(nowNanos);
    return NOTHING_DUE;
  }

  private void burst(long nowNanos) throws IOException {
    countNanos = nowNanos + COUNT_NANOS;
    for (LoadConnection connection : connections) {
      long beganNanos = System.nanoTime();
      while (connection.open && connection.hasRoom()) {
        connection.begin(requestBytes, beganNanos);
        outstanding++;
      }
      if (connection.open) {
        traffic.send(connection);
      }
    }
  }

  /** What was in flight on a connection that has failed is not waited for. */
  private long count(long nowNanos) {
    if (countNanos - nowNanos <= 0) {
      countNanos = nowNanos + COUNT_NANOS;
      outstanding =
          connections.stream().filter(each -> each.open).mapToLong(each -> each.inFlight).sum();
    }
    return NOTHING_DUE;
  }

  @Override
  public void postponed(long nanos) {
    dueNanos += nanos;
  }

  @Override
  public void end(long nowNanos) {
    flowing = false;
  }
}
