package fivefold.lab.record;

import fivefold.lab.JsonSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema that is published names each field that is written, and how it may be. */
class ResultsSchemaTest {
  private static final Path FILE = Path.of("../docs/results.schema.json");

  private static final List<RoundFigures> ROUNDS = Samples.rounds(4, 5, 6, 4, 5, 6);

  private static final String RESULTS =
      ResultsFile.toJson(
          Samples.results(
              List.of("a warning"),
              List.of(
                  Samples.row("epoll", ROUNDS, ROUNDS, null),
                  Samples.row("poll", List.of(Samples.unmeasured(1)), ROUNDS, null),
                  Samples.row("dead", List.of(), ROUNDS, "never listened"))));

  @Test
  void whatIsWrittenIsOfTheSchema() throws IOException {
    JsonSchema schema = JsonSchema.withoutOtherFields(FILE);
    schema.check(RESULTS);
    schema.refuse(RESULTS.replaceFirst("\"complete\"", "\"finished\""));
    schema.refuse(RESULTS.replaceFirst("\"cores\" : ", "\"cores\" : -"));
  }

  @Test
  void aFieldMoreIsStillOfIt() throws IOException {
    JsonSchema.of(FILE).check(RESULTS.replaceFirst("\"complete\"", "\"more\" : 1, \"complete\""));
  }
}
