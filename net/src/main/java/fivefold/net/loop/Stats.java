package fivefold.net.loop;

import fivefold.net.ServerStats;
import fivefold.net.Watched;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/** Puts the counts of several threads, and the view of a poller, into the public form. */
public final class Stats {
  private Stats() {}

  /** The counts of a stream server. */
  public static ServerStats of(StreamServing serving, Collection<Counters> threads) {
    return new ServerStats(
        serving.openCount(),
        serving.acceptedCount(),
        serving.refusedCount(),
        serving.acceptPauseCount(),
        sum(threads, Counters::receivedBytes),
        sum(threads, Counters::sentBytes),
        0,
        0,
        sum(threads, Counters::droppedMessages),
        serving.handlerErrorCount());
  }

  /** The counts of a datagram server. */
  public static ServerStats of(long handlerErrors, Collection<Counters> threads) {
    return new ServerStats(
        0,
        0,
        0,
        0,
        sum(threads, Counters::receivedBytes),
        sum(threads, Counters::sentBytes),
        sum(threads, Counters::receivedDatagrams),
        sum(threads, Counters::sentDatagrams),
        sum(threads, Counters::droppedMessages),
        handlerErrors);
  }

  private static long sum(Collection<Counters> threads, ToLongFunction<Counters> count) {
    return threads.stream().mapToLong(count).sum();
  }

  static List<Watched> watched(EventLoop loop) {
    return loop.registered().values().stream()
        .map(each ->
            new Watched(
                each.descriptor(),
                Interest.describe(each.interest()),
                each.attachment().toString()))
        .toList();
  }
}
