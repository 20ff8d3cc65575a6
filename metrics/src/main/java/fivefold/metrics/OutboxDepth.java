package fivefold.metrics;

import fivefold.net.Connection;
import fivefold.net.Server;
import java.util.LongSummaryStatistics;

/**
 * What waits in a server's outboxes. One walk serves all meters of a scrape: each asks the loops,
 * and one that a handler keeps lets the asker wait.
 */
final class OutboxDepth {
  private static final long FRESH_NANOS = 1_000_000_000;

  private final Server server;
  private LongSummaryStatistics bytes = new LongSummaryStatistics();
  private long walkedNanos = System.nanoTime() - FRESH_NANOS;

  OutboxDepth(Server server) {
    this.server = server;
  }

  /** Of all connections. */
  double bytes() {
    return fresh().getSum();
  }

  /** Of the slowest peer. */
  double deepestBytes() {
    return Math.max(0, fresh().getMax());
  }

  private synchronized LongSummaryStatistics fresh() {
    if (System.nanoTime() - walkedNanos >= FRESH_NANOS) {
      bytes = server.connections().stream().mapToLong(Connection::outboxBytes).summaryStatistics();
      walkedNanos = System.nanoTime();
    }
    return bytes;
  }
}
