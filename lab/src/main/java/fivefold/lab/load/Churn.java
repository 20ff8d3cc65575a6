package fivefold.lab.load;

import java.io.IOException;
import java.util.List;

/** Each connection asks once, from when it began to connect on, and leaves. */
final class Churn implements Pacing {
  private final Churning traffic;

  Churn(Churning traffic) {
    this.traffic = traffic;
  }

  @Override
  public void begin(List<LoadConnection> connections) throws IOException {
    traffic.begin(connections);
  }

  @Override
  public void answered(LoadConnection connection, long nowNanos) {
    traffic.leave(connection);
  }

  @Override
  public long advance() {
    return NOTHING_DUE;
  }

  @Override
  public void postponed(long nanos) {
    // Nothing is due but by the server's closing.
  }

  @Override
  public void end(long nowNanos) {
    traffic.end();
  }
}
