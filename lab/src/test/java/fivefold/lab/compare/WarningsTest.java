package fivefold.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarningsTest {

  private static Row row(String name, RoundFigures... rounds) {
    return Samples.row(name, List.of(rounds), List.of(rounds), null);
  }

  private static List<String> of(Row... rows) {
    return Warnings.of(Samples.settings(1, "0", "a"), List.of(rows));
  }

  @Test
  void aQuietComparisonHasNone() {
    assertThat(of(row("a", Samples.round(1, 4), Samples.round(2, 4.1)))).isEmpty();
  }

  @Test
  void aLoadGeneratorAtItsLimitIsNamedWithItsRows() {
    List<String> warnings =
        of(row("slow", Samples.busy(1, 0.5, 1, 0)), row("fast", Samples.busy(1, 0.99, 0.7, 0)));
    assertThat(warnings).singleElement().asString().contains("at its limit with fast:");
  }

  @Test
  void aServerAtItsLimitTooIsNoWarning() {
    assertThat(of(row("fast", Samples.busy(1, 0.99, 0.99, 0)))).isEmpty();
  }

  @Test
  void inAnOpenLoopARateThatIsNotAnsweredIsNamed() {
    List<String> warnings =
        Warnings.of(
            Samples.openSettings(1000),
            List.of(
                row("good", Samples.open(1, 990, 300, 10)),
                row("slow", Samples.open(1, 600, 1e6, 10))));
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("1,000 requests/s were not answered by slow:");
  }

  @Test
  void inAnOpenLoopAGeneratorThatIsLateIsNamed() {
    List<String> warnings =
        Warnings.of(
            Samples.openSettings(1000),
            List.of(
                row("heard", Samples.open(1, 1000, 1000, 500)),
                row("unheard", Samples.open(1, 1000, 90_000, 500)),
                row("small", Samples.open(1, 1000, 150, 100))));
    assertThat(warnings).singleElement().asString().contains("late with heard:");
  }

  @Test
  void otherProcessesAreNoticed() {
    assertThat(of(row("a", Samples.busy(1, 0.5, 1, 0.4))))
        .singleElement()
        .asString()
        .contains("other processes used 0.40 cores");
  }

  @Test
  void aWideSpreadIsNoticed() {
    assertThat(of(row("a", Samples.round(1, 4), Samples.round(2, 5))))
        .singleElement()
        .asString()
        .contains("more than 20%")
        .contains("with a;");
  }

  @Test
  void sharedProcessorsAreNoticed() {
    Row row = row("a", Samples.round(1, 4));
    assertThat(Warnings.of(Samples.settings(1, null, "a"), List.of(row)))
        .singleElement()
        .asString()
        .contains("share the processors");
    assertThat(Warnings.of(Samples.settings(2, "0", "a"), List.of(row)))
        .singleElement()
        .asString()
        .contains("2 loops of each server share core 0");
    assertThat(Warnings.of(Samples.settings(2, "0-1", "a"), List.of(row))).isEmpty();
  }

  @Test
  void rowsThatFailedAreNamed() {
    assertThat(of(Samples.row("dead", List.of(), List.of(), "ended")))
        .singleElement()
        .asString()
        .contains("not finished: dead");
  }
}
