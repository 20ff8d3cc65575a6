package fivefold.lab.load;

import java.io.IOException;
import java.util.List;

/** Lets some connections ask, by another pacing, and leaves the others alone. */
final class FewActive implements Pacing {
  private final Pacing active;

  FewActive(Pacing active) {
    this.active = active;
  }

  @Override
  public void begin(List<LoadConnection> connections) throws IOException {
    active.begin(Shares.active(connections));
  }

  @Override
  public void answered(LoadConnection connection, long nowNanos) {
    active.answered(connection, nowNanos);
  }

  @Override
  public long advance() throws IOException {
    return active.advance();
  }

  @Override
  public void postponed(long nanos) {
    active.postponed(nanos);
  }

  @Override
  public void end(long nowNanos) {
    active.end(nowNanos);
  }
}
