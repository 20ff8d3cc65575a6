package fivefold.lab.load;

import java.io.IOException;
import java.util.List;

/** Slow connections go by their replies, whatever the pacing of the others. */
final class SlowAside implements Pacing {
  private final Pacing prompt;
  private final ClosedLoop slow;

  SlowAside(Pacing prompt, ClosedLoop slow) {
    this.prompt = prompt;
    this.slow = slow;
  }

  @Override
  public void begin(List<LoadConnection> connections) throws IOException {
    slow.begin(connections.stream().filter(connection -> connection.slow).toList());
    prompt.begin(connections.stream().filter(connection -> !connection.slow).toList());
  }

  @Override
  public void answered(LoadConnection connection, long nowNanos) {
    (connection.slow ? slow : prompt).answered(connection, nowNanos);
  }

  @Override
  public long advance() throws IOException {
    return prompt.advance();
  }

  @Override
  public void postponed(long nanos) {
    prompt.postponed(nanos);
  }

  @Override
  public void end(long nowNanos) {
    slow.end(nowNanos);
    prompt.end(nowNanos);
  }
}
