package fivefold.lab.load;

import fivefold.net.loop.Poller;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import java.io.IOException;

/**
 * Slow connections ask ahead and read little at a time. Their receive buffer is small, so that what
 * they leave waits with the server and not with the kernel on this side.
 */
final class SlowReaders extends SlowTraffic {
  /**
   * Asked ahead by each: more than the server's socket takes. On loopback, with segments of 64 KiB,
   * Linux gives a send buffer 2.5 MB from the start, and 4 MB at most (tcp(7), tcp_wmem).
   */
  private static final int AHEAD_BYTES = 4 << 20;

  private static final int AHEAD_LIMIT = 1 << 16;

  private static final int RECEIVE_BUFFER_BYTES = 4096;

  /** With a look every 20 ms, 50 KB a second. */
  private static final int BYTES_PER_LOOK = 1024;

  SlowReaders(Transport transport, Poller poller, Dialogue dialogue, Tally tally) {
    super(transport, poller, dialogue, tally);
  }

  @Override
  LoadConnection open(LoadPlan plan, int number, SocketOptions options) throws IOException {
    if (!isSlow(plan, number)) {
      return super.open(plan, number, options);
    }
    int ahead = Math.clamp(AHEAD_BYTES / requestBytes(), plan.pipeline(), AHEAD_LIMIT);
    LoadConnection connection = open(plan, number, withSmallBuffer(options), ahead);
    connection.slow = true;
    return connection;
  }

  private static SocketOptions withSmallBuffer(SocketOptions options) {
    return new SocketOptions(
        options.backlog(),
        options.noDelay(),
        options.reuseAddress(),
        options.reusePort(),
        options.sendBufferBytes(),
        RECEIVE_BUFFER_BYTES);
  }

  @Override
  int readInterest(LoadConnection connection) {
    return dawdles(connection) ? 0 : super.readInterest(connection);
  }

  @Override
  void creep(LoadConnection connection, Pacing pacing) throws IOException {
    receive(connection, pacing, BYTES_PER_LOOK);
  }
}
