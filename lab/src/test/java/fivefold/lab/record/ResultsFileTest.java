package fivefold.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {
  private static final List<RoundFigures> ROUNDS = Samples.rounds(4, 5, 6, 4, 5, 6);
  private static final Results RESULTS =
      Samples.results(
          List.of("a \"warning\""),
          List.of(
              Samples.row("epoll", ROUNDS, ROUNDS, null),
              Samples.row("nio", Samples.rounds(3.25, 3.5), ROUNDS, "ended"),
              Samples.row("poll", List.of(Samples.unmeasured(1)), ROUNDS, null),
              Samples.row("dead", List.of(), ROUNDS, "never listened")));

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("results.json");
    ResultsFile.write(RESULTS, file);
    assertThat(ResultsFile.read(file)).isEqualTo(RESULTS);
  }

  @Test
  void theVersionStandsFirst() {
    assertThat(ResultsFile.toJson(RESULTS)).startsWith("{\n  \"schema\" : 3,");
  }

  @Test
  void aNewerVersionIsRefused() {
    String newer = ResultsFile.toJson(RESULTS).replace("\"schema\" : 3", "\"schema\" : 4");
    assertThatThrownBy(() -> ResultsFile.parse(newer, "new.json"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("new.json")
        .hasMessageContaining("version 4")
        .hasMessageContaining("newer");
  }

  private static Results version(int schema) {
    return new Results(schema, RESULTS.fivefold(), RESULTS.machine(), RESULTS.points());
  }

  @Test
  void version1HadItsOnePointAtTheTop() throws IOException {
    String now = ResultsFile.toJson(RESULTS);
    String points = "\"points\" : [ {";
    String old =
        now.replace("\"schema\" : 3", "\"schema\" : 1")
            .replace(points, "")
            .replaceFirst("(?s)\\}\\s*]\\s*}\\s*$", "}");
    assertThat(old).doesNotContain("points");
    assertThat(ResultsFile.parse(old, "old.json")).isEqualTo(version(1));
  }

  @Test
  void version2KnewNoMixAndFewerFigures() throws IOException {
    String now = ResultsFile.toJson(RESULTS);
    String old = now.replace("\"schema\" : 3", "\"schema\" : 2").replaceAll("\"mix\" : null,", "");
    assertThat(old).doesNotContain("mix");
    assertThat(ResultsFile.parse(old, "old.json")).isEqualTo(version(2));
  }

  @Test
  void aFieldMoreIsNoReasonToRefuse() throws IOException {
    String more =
        ResultsFile.toJson(RESULTS).replace("\"schema\" : 3", "\"schema\" : 3, \"x\" : 7");
    assertThat(ResultsFile.parse(more, "more.json")).isEqualTo(RESULTS);
  }

  @Test
  void whatLacksAFieldIsRefusedByItsName() {
    String json = ResultsFile.toJson(RESULTS);
    for (String field :
        List.of("machine", "jdk", "settings", "workload", "models", "rows", "rounds")) {
      assertThatThrownBy(
              () -> ResultsFile.parse(json.replace("\"" + field + "\" :", "\"x\" :"), "f.json"))
          .as(field)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("f.json: not results of fivefold: there is no '")
          .hasMessageContaining(field + "' in it");
    }
  }

  @Test
  void aListWithNothingForAnElementIsRefused() {
    String json = ResultsFile.toJson(RESULTS);
    for (String list : List.of("rounds", "latencyCurve", "notes")) {
      String holed = json.replaceFirst("\"" + list + "\" : \\[", "\"" + list + "\" : [ null,");
      assertThatThrownBy(() -> ResultsFile.parse(holed.replace("null, ]", "null ]"), "f.json"))
          .as(list)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(list + "' in it");
    }
  }

  @Test
  void whatIsNoTextIsRefusedInOneLine(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("noise"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
    assertThatThrownBy(() -> ResultsFile.read(file)).hasMessageContaining("not text in UTF-8");
  }

  @Test
  void somethingElseIsRefusedInOneLine(@TempDir Path folder) throws IOException {
    for (String text :
        List.of(
            "",
            "[]",
            "{}",
            "null",
            "{\"schema\":\"1\"}",
            "{\"schema\":1,\"rows\":3}",
            "{\"schema\":3}",
            "{\"schema\":3,\"points\":[]}",
            "{\"schema\":3,\"points\":[null]}",
            "{\"schema\":3,\"points\":7}",
            "<")) {
      Path file = Files.writeString(folder.resolve("other"), text);
      assertThatThrownBy(() -> ResultsFile.read(file))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not results of fivefold")
          .message()
          .doesNotContain("\n");
    }
  }
}
