package fivefold.lab.load;

import java.io.IOException;
import java.util.List;

/**
 * Requests begin at a fixed rate, whatever the server does. They are spread evenly over time, and
 * go to the connections in turn; one whose connection has no room waits for a reply there.
 *
 * <p>In bursts all connections have their requests due at once, at the same rate on the whole.
 *
 * <p>Each counts from the moment when it should have begun. A generator that counts from when it
 * could send leaves out what a slow server made wait, which is most of the delay of an overload
 * (Gil Tene's "coordinated omission"). So nothing is dropped here: a request that has not even been
 * sent when the load ends is entered with the time it has waited until then.
 */
final class OpenLoop implements Pacing {
  private final Traffic traffic;
  private final Tally tally;
  private final int requestBytes;
  private final double intervalNanos;
  private final int requestsPerBurstAndConnection;

  private LoadConnection[] connections = {};
  private long startNanos;

  /** So many are due at once. */
  private long burst = 1;

  /** The number of the request that is due next. */
  private long next;

  private boolean flowing;

  /**
   * One with bursts.
   *
   * @param requestsPerBurstAndConnection so many of each connection are due at once; 0 for none
   */
  OpenLoop(
      Traffic traffic,
      Tally tally,
      int requestBytes,
      double requestsPerSecond,
      int requestsPerBurstAndConnection) {
    this.requestsPerBurstAndConnection = requestsPerBurstAndConnection;
    this.traffic = traffic;
    this.tally = tally;
    this.requestBytes = requestBytes;
    this.intervalNanos = 1e9 / requestsPerSecond;
  }

  @Override
  public void begin(List<LoadConnection> open) {
    connections = open.toArray(LoadConnection[]::new);
    for (int i = 0; i < connections.length; i++) {
      connections[i].index = i;
    }
    burst = Math.max(1, (long) requestsPerBurstAndConnection * connections.length);
    startNanos = System.nanoTime();
    flowing = true;
  }

  private long dueNanos(long number) {
    return startNanos + (long) ((number - number % burst) * intervalNanos);
  }

  /** The due times of a connection follow from its index: there is no queue of them to keep. */
  private long dueNanos(LoadConnection connection, long ownNumber) {
    return dueNanos(connection.index + ownNumber * connections.length);
  }

  @Override
  public long advance() throws IOException {
    if (!flowing || connections.length == 0) {
      return NOTHING_DUE;
    }
    long nowNanos = System.nanoTime();
    while (dueNanos(next) - nowNanos <= 0) {
      LoadConnection connection = connections[(int) (next++ % connections.length)];
      connection.due++;
      if (connection.open && connection.hasRoom()) {
        long dueNanos = begin(connection);
        tally.late(nowNanos - dueNanos);
        traffic.send(connection);
      }
    }
    return dueNanos(next) - System.nanoTime();
  }

  private long begin(LoadConnection connection) {
    long dueNanos = dueNanos(connection, connection.begun++);
    connection.begin(requestBytes, dueNanos);
    return dueNanos;
  }

  @Override
  public void answered(LoadConnection connection, long nowNanos) {
    if (flowing && connection.begun < connection.due) {
      begin(connection);
    }
  }

  @Override
  public void postponed(long nanos) {
    startNanos += nanos;
  }

  @Override
  public void end(long nowNanos) {
    if (!flowing) {
      return;
    }
    flowing = false;
    while (dueNanos(next) - nowNanos <= 0 && connections.length > 0) {
      connections[(int) (next++ % connections.length)].due++;
    }
    for (LoadConnection connection : connections) {
      for (long i = connection.begun; i < connection.due && connection.open; i++) {
        tally.unsent(dueNanos(connection, i), nowNanos);
      }
    }
  }
}
