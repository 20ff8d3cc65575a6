package fivefold.lab.timeline;

import fivefold.net.timeline.StageTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A timeline as a Chrome trace, which <a href="https://ui.perfetto.dev">Perfetto</a> opens: "X"
 * events, one for each stage, on a row for each thread.
 */
public final class ChromeTrace {
  private static final double NANOS_PER_MICRO = 1_000;

  private ChromeTrace() {}

  /**
   * Writes a file, over one that is there.
   *
   * @param forgotten how many earlier stages were not kept; told in the file
   */
  public static void write(Path file, List<StageTime> times, long forgotten) throws IOException {
    long origin = times.stream().mapToLong(StageTime::fromNanos).min().orElse(0);
    Map<Long, Thread> threads = new LinkedHashMap<>();
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("displayTimeUnit", "ns");
      json.writeName("otherData");
      json.writeStartObject();
      json.writeStringProperty("forgotten", Long.toString(forgotten));
      json.writeEndObject();
      json.writeName("traceEvents");
      json.writeStartArray();
      for (StageTime time : times) {
        threads.putIfAbsent(time.thread().threadId(), time.thread());
        stage(json, time, origin);
      }
      threads.values().forEach(thread -> name(json, thread));
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void stage(JsonGenerator json, StageTime time, long origin) {
    begin(json, time.stage().name().toLowerCase(Locale.ROOT), "X", time.thread());
    json.writeStringProperty("cat", "fivefold");
    json.writeNumberProperty("ts", (time.fromNanos() - origin) / NANOS_PER_MICRO);
    json.writeNumberProperty("dur", (time.toNanos() - time.fromNanos()) / NANOS_PER_MICRO);
    json.writeName("args");
    json.writeStartObject();
    switch (time.stage()) {
      case READ, WRITE -> json.writeNumberProperty("bytes", time.amount());
      case HANDLE -> json.writeNumberProperty("connection", time.amount());
      case ACCEPT -> json.writeNumberProperty("result", time.amount());
      case WAIT, TASK, TIMER -> {}
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void name(JsonGenerator json, Thread thread) {
    begin(json, "thread_name", "M", thread);
    json.writeName("args");
    json.writeStartObject();
    String name = thread.getName();
    json.writeStringProperty("name", name.isEmpty() ? "virtual " + thread.threadId() : name);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void begin(JsonGenerator json, String name, String phase, Thread thread) {
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeStringProperty("ph", phase);
    json.writeNumberProperty("pid", ProcessHandle.current().pid());
    json.writeNumberProperty("tid", thread.threadId());
  }
}
