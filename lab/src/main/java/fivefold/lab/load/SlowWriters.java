package fivefold.lab.load;

import fivefold.net.loop.Poller;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import java.io.IOException;

/** Slow connections send a request in many little pieces. */
final class SlowWriters extends SlowTraffic {
  /** With a look every 20 ms a request takes about a second, whatever its size. */
  private static final int PIECES = 50;

  private final int pieceBytes;

  SlowWriters(Transport transport, Poller poller, Dialogue dialogue, Tally tally) {
    super(transport, poller, dialogue, tally);
    this.pieceBytes = (requestBytes() + PIECES - 1) / PIECES;
  }

  @Override
  LoadConnection open(LoadPlan plan, int number, SocketOptions options) throws IOException {
    LoadConnection connection = super.open(plan, number, options);
    connection.slow = isSlow(plan, number);
    return connection;
  }

  @Override
  void send(LoadConnection connection) throws IOException {
    if (dawdles(connection)) {
      watch(connection, readInterest(connection));
    } else {
      super.send(connection);
    }
  }

  @Override
  void creep(LoadConnection connection, Pacing pacing) throws IOException {
    send(connection, Math.min(connection.sent + pieceBytes, connection.allowed));
  }
}
