package fivefold.lab.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Stage;
import fivefold.net.timeline.StageTime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Against the format's description: "Trace Event Format", complete and metadata events. */
final class ChromeTraceTest {
  @TempDir Path directory;

  @Test
  void isATraceOfCompleteEventsAndThreadNames() throws Exception {
    Thread thread = Thread.ofPlatform().name("loop-0").unstarted(() -> {});
    Path file = directory.resolve("trace.json");
    ChromeTrace.write(
        file,
        List.of(
            new StageTime(Stage.WAIT, thread, 1_000, 2_500, 0),
            new StageTime(Stage.READ, thread, 2_600, 2_700, 64),
            new StageTime(Stage.ACCEPT, thread, 2_800, 2_900, -11)),
        7);

    JsonNode trace = new ObjectMapper().readTree(file);
    assertThat(trace.get("otherData").get("forgotten").asString()).isEqualTo("7");
    JsonNode events = trace.get("traceEvents");
    assertThat(events.size()).isEqualTo(4);
    for (JsonNode event : events) {
      assertThat(event.get("name").isString()).isTrue();
      assertThat(event.get("ph").asString()).isIn("X", "M");
      assertThat(event.get("pid").isIntegralNumber()).isTrue();
      assertThat(event.get("tid").isIntegralNumber()).isTrue();
      assertThat(event.get("args").isObject()).isTrue();
      if (event.get("ph").asString().equals("X")) {
        assertThat(event.get("ts").doubleValue()).isNotNegative();
        assertThat(event.get("dur").doubleValue()).isNotNegative();
      }
    }
    assertThat(events.get(0).get("name").asString()).isEqualTo("wait");
    assertThat(events.get(0).get("ts").doubleValue()).isZero();
    assertThat(events.get(0).get("dur").doubleValue()).isEqualTo(1.5);
    assertThat(events.get(1).get("args").get("bytes").intValue()).isEqualTo(64);
    assertThat(events.get(2).get("args").get("result").intValue()).isEqualTo(-11);
    assertThat(events.get(3).get("args").get("name").asString()).isEqualTo("loop-0");
  }
}
