package fivefold.net.style;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.OutboxLimits;

/** How much is given to a connection at once. */
final class Chunks {
  static final CloseReason CLOSING =
      CloseReason.of(CloseReason.Kind.LOCAL_CLOSE, "its closing has begun");

  private Chunks() {}

  /**
   * Below the high watermark there is room for one chunk more, so a conversation that waits there
   * never meets the outbox's policy.
   */
  static int sizeBytes(Connection connection, int mostBytes) {
    OutboxLimits limits = connection.outboxLimits();
    return Math.clamp(limits.limitBytes() - limits.highWatermarkBytes(), 1, mostBytes);
  }

  /**
   * Others, who send by the connection as well, have filled its outbox. Bytes in the middle of a
   * conversation are missing now, so it cannot go on.
   */
  static void refused(Connection connection) {
    connection.close(
        CloseReason.of(
            CloseReason.Kind.SLOW_CONSUMER, "the outbox has no room for the conversation"));
  }
}
