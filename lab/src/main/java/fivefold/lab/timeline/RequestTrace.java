package fivefold.lab.timeline;

import fivefold.lab.load.RequestLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The requests of a load as a Chrome trace: a row for each connection, and with a pipeline one for
 * each place of it, since what is drawn on one row must not overlap; and a row for the generator.
 */
public final class RequestTrace {
  private static final long GENERATOR_ROW = 0;

  private RequestTrace() {}

  /** Writes a file, over one that is there. */
  public static void write(Path file, RequestLog log) throws IOException {
    List<RequestLog.Entry> entries = log.entries();
    long origin = entries.stream().mapToLong(RequestLog.Entry::fromNanos).min().orElse(0);
    int places = 1 + entries.stream().mapToInt(RequestLog.Entry::place).max().orElse(0);
    Map<Long, Long> drawnUntil = new HashMap<>();
    Map<Long, String> names = new TreeMap<>(Map.of(GENERATOR_ROW, "load generator"));
    try (TraceFile trace = new TraceFile(file, origin, log.forgotten())) {
      for (RequestLog.Entry entry : entries) {
        if (entry.connection() == RequestLog.WAIT) {
          trace.span("wait", GENERATOR_ROW, entry.fromNanos(), entry.toNanos(), Map.of());
          continue;
        }
        long row = 1 + (long) entry.connection() * places + entry.place();
        names.putIfAbsent(row, name(entry, places));
        // In an open loop a request may have been due while the one before it still kept the place.
        long from = Math.max(entry.fromNanos(), drawnUntil.getOrDefault(row, entry.fromNanos()));
        drawnUntil.put(row, entry.toNanos());
        trace.span("request", row, from, entry.toNanos(), latency(entry));
      }
      names.forEach(trace::name);
    }
  }

  private static Map<String, Long> latency(RequestLog.Entry entry) {
    return Map.of("latencyNanos", entry.toNanos() - entry.fromNanos());
  }

  private static String name(RequestLog.Entry entry, int places) {
    return "connection " + entry.connection() + (places > 1 ? ", place " + entry.place() : "");
  }
}
