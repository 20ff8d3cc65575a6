package fivefold.lab.timeline;

import fivefold.net.timeline.StageTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server's timeline as a Chrome trace: a row for each of its threads. */
public final class ChromeTrace {
  private ChromeTrace() {}

  /**
   * Writes a file, over one that is there.
   *
   * @param forgotten how many earlier stages were not kept; told in the file
   */
  public static void write(Path file, List<StageTime> times, long forgotten) throws IOException {
    long origin = times.stream().mapToLong(StageTime::fromNanos).min().orElse(0);
    Map<Long, Thread> threads = new LinkedHashMap<>();
    try (TraceFile trace = new TraceFile(file, origin, forgotten)) {
      for (StageTime time : times) {
        threads.putIfAbsent(time.thread().threadId(), time.thread());
        trace.span(
            time.stage().name().toLowerCase(Locale.ROOT),
            time.thread().threadId(),
            time.fromNanos(),
            time.toNanos(),
            details(time));
      }
      threads.values().forEach(thread -> trace.name(thread.threadId(), name(thread)));
    }
  }

  private static Map<String, Long> details(StageTime time) {
    return switch (time.stage()) {
      case READ, WRITE -> Map.of("bytes", time.amount());
      case HANDLE -> Map.of("connection", time.amount());
      case ACCEPT -> Map.of("result", time.amount());
      case WAIT, TASK, TIMER -> Map.of();
    };
  }

  private static String name(Thread thread) {
    return thread.getName().isEmpty() ? "virtual " + thread.threadId() : thread.getName();
  }
}
