package fivefold.lab.load;

/**
 * One connection at one moment.
 *
 * @param localPort of this end; 0 while it connects, and for a Unix socket
 * @param waitedNanos since the oldest request in flight began; 0 when there is none
 * @param replies so far
 */
public record ConnectionSample(
    ConnectionState state, int localPort, long waitedNanos, long replies) {

  static ConnectionSample of(LoadConnection connection, long nowNanos) {
    return new ConnectionSample(
        ConnectionState.of(connection),
        connection.localPort,
        connection.waitedNanos(nowNanos),
        connection.completed);
  }
}
