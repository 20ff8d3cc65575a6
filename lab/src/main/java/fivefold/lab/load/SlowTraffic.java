package fivefold.lab.load;

import fivefold.net.loop.Poller;
import fivefold.net.loop.Transport;
import java.io.IOException;
import java.util.List;

/**
 * A load of which some connections are slow on purpose. What they are asked and answered is checked
 * and counted, and their latency, which is of their own making, is left out.
 */
abstract class SlowTraffic extends StreamTraffic {
  private boolean hurried;

  SlowTraffic(Transport transport, Poller poller, Dialogue dialogue, Tally tally) {
    super(transport, poller, dialogue, tally);
  }

  static boolean isSlow(LoadPlan plan, int number) {
    return number < Shares.slow(plan.mix(), plan.connections());
  }

  /** It is as quick as the others until its first reply, and when the load is over. */
  final boolean dawdles(LoadConnection connection) {
    return connection.slow && connection.completed > 0 && !hurried;
  }

  /** Does a little for a connection that dawdles. */
  abstract void creep(LoadConnection connection, Pacing pacing) throws IOException;

  @Override
  final void expire(LoadConnection connection, Pacing pacing, long nowNanos) throws IOException {
    if (connection.open && dawdles(connection)) {
      creep(connection, pacing);
    }
  }

  @Override
  final void count(LoadConnection connection, long beganNanos, long answeredNanos) {
    if (connection.slow) {
      tally.completedAside();
    } else {
      super.count(connection, beganNanos, answeredNanos);
    }
  }

  @Override
  final void hurry(List<LoadConnection> connections) throws IOException {
    hurried = true;
    for (LoadConnection connection : connections) {
      if (connection.slow && connection.open) {
        send(connection);
      }
    }
  }
}
