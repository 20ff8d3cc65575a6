package fivefold.lab.timeline;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A file of Chrome's trace events, as <a href="https://ui.perfetto.dev">Perfetto</a> opens it: "X"
 * for what has a beginning and an end, "M" for the names of rows. Written as it comes.
 */
final class TraceFile implements AutoCloseable {
  private static final double NANOS_PER_MICRO = 1_000;
  private static final long PROCESS = ProcessHandle.current().pid();

  private final OutputStream out;
  private final JsonGenerator json;
  private final long originNanos;

  /**
   * Begins a file, over one that is there.
   *
   * @param originNanos what is time 0 in it, {@link System#nanoTime}
   * @param forgotten how much came before and was not kept; told in the file
   */
  TraceFile(Path file, long originNanos, long forgotten) throws IOException {
    this.originNanos = originNanos;
    out = Files.newOutputStream(file);
    json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out);
    json.writeStartObject();
    json.writeStringProperty("displayTimeUnit", "ns");
    json.writeName("otherData");
    json.writeStartObject();
    json.writeStringProperty("forgotten", Long.toString(forgotten));
    json.writeEndObject();
    json.writeName("traceEvents");
    json.writeStartArray();
  }

  /** Something that took its time, on a row. */
  void span(String name, long row, long fromNanos, long toNanos, Map<String, Long> details) {
    begin(name, "X", row);
    json.writeStringProperty("cat", "fivefold");
    json.writeNumberProperty("ts", (fromNanos - originNanos) / NANOS_PER_MICRO);
    json.writeNumberProperty("dur", (toNanos - fromNanos) / NANOS_PER_MICRO);
    json.writeName("args");
    json.writeStartObject();
    details.forEach(json::writeNumberProperty);
    json.writeEndObject();
    json.writeEndObject();
  }

  /** What a row is called. */
  void name(long row, String name) {
    begin("thread_name", "M", row);
    json.writeName("args");
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void begin(String name, String phase, long row) {
    json.writeStartObject();
    json.writeStringProperty("name", name);
    json.writeStringProperty("ph", phase);
    json.writeNumberProperty("pid", PROCESS);
    json.writeNumberProperty("tid", row);
  }

  @Override
  public void close() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.close();
    out.close();
  }
}
