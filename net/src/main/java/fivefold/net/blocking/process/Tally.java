package fivefold.net.blocking.process;

import fivefold.net.ServerStats;
import fivefold.net.loop.StreamServing;

/**
 * What a worker has counted.
 *
 * @param waitingBytes in the outbox at that moment; of what has ended nothing waits
 */
record Tally(
    long receivedBytes,
    long sentBytes,
    long receivedDatagrams,
    long sentDatagrams,
    long dropped,
    long waitingBytes) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

  static Tally of(Report report) {
    return new Tally(
        report.number(0),
        report.number(1),
        report.number(2),
        report.number(3),
        report.number(4),
        report.number(5));
  }

  static Tally of(ServerStats stats, long waitingBytes) {
    return new Tally(
        stats.receivedBytes(),
        stats.sentBytes(),
        stats.receivedDatagrams(),
        stats.sentDatagrams(),
        stats.dropped(),
        waitingBytes);
  }

  Object[] fields() {
    return new Object[] {
      receivedBytes, sentBytes, receivedDatagrams, sentDatagrams, dropped, waitingBytes
    };
  }

  Tally plus(Tally other) {
    return new Tally(
        receivedBytes + other.receivedBytes,
        sentBytes + other.sentBytes,
        receivedDatagrams + other.receivedDatagrams,
        sentDatagrams + other.sentDatagrams,
        dropped + other.dropped,
        waitingBytes + other.waitingBytes);
  }

  /** How much more, of one connection of a worker that has served others before. */
  Tally minus(Tally before) {
    return new Tally(
        receivedBytes - before.receivedBytes,
        sentBytes - before.sentBytes,
        receivedDatagrams - before.receivedDatagrams,
        sentDatagrams - before.sentDatagrams,
        dropped - before.dropped,
        waitingBytes);
  }

  ServerStats stats(StreamServing serving) {
    return new ServerStats(
        serving.openCount(),
        serving.acceptedCount(),
        serving.refusedCount(),
        serving.acceptPauseCount(),
        receivedBytes,
        sentBytes,
        receivedDatagrams,
        sentDatagrams,
        dropped,
        serving.handlerErrorCount());
  }
}
