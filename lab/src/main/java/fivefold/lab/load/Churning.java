package fivefold.lab.load;

import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.Transport;
import java.io.IOException;
import java.util.List;

/**
 * Connections that leave when they have been answered: they say so (FIN), and wait for the server
 * to close, too, as RFC 9293 has it. Then another takes the place. A server may close first, as one
 * of HTTP/1.0 does; it is no failure once it has answered.
 */
final class Churning extends StreamTraffic {
  private boolean flowing;

  Churning(Transport transport, Poller poller, Dialogue dialogue, Tally tally) {
    super(transport, poller, dialogue, tally);
  }

  /** From now on those that have been answered leave, and others come. */
  void begin(List<LoadConnection> connections) throws IOException {
    flowing = true;
    for (LoadConnection connection : connections) {
      leave(connection);
      if (connection.open) {
        watch(connection, readInterest(connection));
      }
    }
  }

  void end() {
    flowing = false;
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
  void ended(LoadConnection connection) throws IOException {
    if (connection.leaving) {
      close(connection);
      connection.vacant = flowing;
    } else if (connection.completed > 0 && connection.inFlight == 0) {
      watch(
          connection,
          Interest.NONE); // before the beginning or after the end: it has no place to give
    } else {
      super.ended(connection);
    }
  }
}
