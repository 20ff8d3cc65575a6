package fivefold.lab.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.JsonSchema;
import fivefold.lab.load.LoadGenerator;
import fivefold.lab.load.LoadPlan;
import fivefold.lab.load.LoadResult;
import fivefold.lab.load.Protocol;
import fivefold.lab.load.RequestLog;
import fivefold.lab.load.WindowObserver;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.Stage;
import fivefold.net.timeline.StageTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The traces of a real load, by the schema of trace events, and by what a viewer draws. */
final class RequestTraceTest {
  private static final Path SCHEMA =
      Path.of("src/test/resources/fivefold/lab/timeline/chrome-trace.schema.json");

  private static final int CONNECTIONS = 3;
  private static final int PIPELINE = 2;

  @TempDir Path directory;

  @Test
  void drawsEachRequestOnTheRowOfItsConnection() throws IOException {
    RequestLog log = new RequestLog(1 << 12);
    LoadResult result = load(log, 0);
    assertThat(log.entries().size() + log.forgotten()).isGreaterThan(result.requests());
    JsonNode events = written(log);
    assertThat(names(events))
        .contains("load generator", "connection 0, place 0", "connection 2, place 1")
        .hasSize(1 + CONNECTIONS * PIPELINE);
    assertThat(spans(events, "request")).isNotEmpty();
    assertThat(spans(events, "wait")).isNotEmpty();
    assertThat(events).hasSize(log.entries().size() + names(events).size());
    assertNothingOverlaps(events);
  }

  @Test
  void inAnOpenLoopNothingOverlapsEither() throws IOException {
    RequestLog log = new RequestLog(1 << 12);
    load(log, 1_000_000); // more than is answered: many are due before those before them are back
    assertNothingOverlaps(written(log));
  }

  @Test
  void keepsTheLastOnly() throws IOException {
    RequestLog log = new RequestLog(10);
    load(log, 0);
    assertThat(log.entries()).hasSize(10);
    assertThat(log.forgotten()).isPositive();
    written(log);
  }

  @Test
  void theTimelineOfAServerIsOfTheSchemaToo() throws IOException {
    Thread thread = Thread.ofPlatform().name("loop-0").unstarted(() -> {});
    Path file = directory.resolve("stages.json");
    List<StageTime> stages =
        List.of(Stage.values()).stream()
            .map(stage -> new StageTime(stage, thread, 1_000, 2_500, 64))
            .toList();
    ChromeTrace.write(file, stages, 0);
    JsonSchema.of(SCHEMA).check(Files.readString(file));
    JsonSchema.of(SCHEMA).refuse(Files.readString(file).replace("\"dur\"", "\"duration\""));
  }

  private static LoadResult load(RequestLog log, double rate) throws IOException {
    try (Server server = Server.tcp(0, () -> Connection::send).model(IoModel.NIO).start();
        LoadGenerator generator = new LoadGenerator()) {
      return generator.run(
          new LoadPlan(
              server.address(),
              new Protocol.Echo(64),
              CONNECTIONS,
              PIPELINE,
              rate,
              Duration.ofMillis(20),
              Duration.ofMillis(200),
              LoadPlan.DEFAULT_PATIENCE),
          WindowObserver.NONE,
          log);
    }
  }

  private JsonNode written(RequestLog log) throws IOException {
    Path file = directory.resolve("requests.json");
    RequestTrace.write(file, log);
    String json = Files.readString(file);
    JsonSchema.of(SCHEMA).check(json);
    return new ObjectMapper().readTree(json).get("traceEvents");
  }

  private static List<String> names(JsonNode events) {
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.get("ph").asString().equals("M"))
        .map(event -> event.get("args").get("name").asString())
        .toList();
  }

  private static List<JsonNode> spans(JsonNode events, String name) {
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.get("name").asString().equals(name))
        .toList();
  }

  /** Perfetto leaves out what overlaps on one row. */
  private static void assertNothingOverlaps(JsonNode events) {
    Map<Long, Double> ended = new HashMap<>();
    for (JsonNode span : spans(events, "request")) {
      double from = span.get("ts").doubleValue();
      long row = span.get("tid").longValue();
      assertThat(from).isGreaterThanOrEqualTo(ended.getOrDefault(row, 0.0) - 1e-3);
      ended.put(row, from + span.get("dur").doubleValue());
    }
    assertThat(ended).isNotEmpty();
  }
}
