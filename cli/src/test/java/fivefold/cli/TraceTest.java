package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What {@code serve --trace} and {@code --record} leave behind. */
final class TraceTest {
  private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;

  @Test
  void writesATraceAndARecordingWhenItStops() throws Exception {
    Path trace = directory.resolve("trace.json");
    Path recording = directory.resolve("echo.jfr");
    try (Fivefold server =
        Fivefold.start(
            "serve",
            "echo",
            "--port",
            "0",
            "--model",
            "nio",
            "--no-console",
            "--trace",
            trace.toString(),
            "--record",
            recording.toString())) {
      try (Socket client = new Socket("localhost", server.port())) {
        client.getOutputStream().write(HELLO);
        assertThat(client.getInputStream().readNBytes(HELLO.length)).hasSize(HELLO.length);
      }
      server.signal("TERM");
      assertThat(server.exitCode()).isZero();
    }
    assertThat(stagesOf(trace)).contains("wait", "accept", "read", "handle", "write");

    Map<String, Long> events =
        RecordingFile.readAllEvents(recording).stream()
            .collect(
                Collectors.groupingBy(
                    event -> event.getEventType().getName(), Collectors.counting()));
    assertThat(events)
        .containsKeys("fivefold.Wait", "fivefold.Accept", "fivefold.Read", "fivefold.Write");
    assertThat(events).contains(entry("fivefold.ConnectionOpened", 1L));
    assertThat(RecordingFile.readAllEvents(recording))
        .filteredOn(event -> event.getEventType().getName().equals("fivefold.Read"))
        .extracting((RecordedEvent event) -> event.getLong("amount"))
        .contains((long) HELLO.length);

    // The parser of JDK Mission Control, which reads the file by itself.
    IItemCollection items = JfrLoaderToolkit.loadEvents(recording.toFile());
    for (String event : List.of("fivefold.Wait", "fivefold.Accept", "fivefold.Read")) {
      assertThat(items.apply(ItemFilters.type(event)).hasItems()).as(event).isTrue();
    }
  }

  @Test
  void saysWhereItCannotWrite() {
    Map<String, String> wrong = new HashMap<>();
    wrong.put("--trace", directory.toString());
    wrong.put("--record", directory.resolve("none").resolve("echo.jfr").toString());
    wrong.forEach((flag, path) -> {
      Captured run = Captured.run("serve", "echo", "--port", "0", "--no-console", flag, path);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.errors()).contains("fivefold: serve: " + flag);
    });
  }

  private static Set<String> stagesOf(Path trace) throws IOException {
    Set<String> names = new HashSet<>();
    try (JsonParser json =
        new JsonFactory().createParser(ObjectReadContext.empty(), Files.readString(trace))) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("name")) {
          json.nextToken();
          names.add(json.getString());
        }
      }
    }
    return names;
  }
}
