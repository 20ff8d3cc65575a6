package fivefold.lab.load;

import fivefold.net.loop.Poller;
import fivefold.net.loop.Transport;

/**
 * Connections that leave when they have been answered: they say so (FIN), and wait for the server
 * to close, too, as RFC 9293 has it. Then another takes the place.
 */
final class Churning extends StreamTraffic {
  private boolean flowing;

  Churning(Transport transport, Poller poller, Dialogue dialogue, Tally tally) {
    super(transport, poller, dialogue, tally);
  }

  void flowing(boolean now) {
    flowing = now;
  }

  void leave(LoadConnection connection) {
    if (flowing && connection.open && !connection.leaving) {
      connection.leaving = true;
      int result = transport.shutdownOutput(connection.handle);
      if (result < 0) {
        fail(connection, "closing", -result);
      }
    }
  }

  @Override
  void ended(LoadConnection connection) {
    if (!connection.leaving) {
      super.ended(connection);
      return;
    }
    close(connection);
    connection.vacant = flowing;
  }
}
