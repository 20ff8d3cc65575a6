package fivefold.lab.figures;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.draw.TextWidth;
import fivefold.lab.record.Machine;
import fivefold.lab.timeline.Xml;
import fivefold.net.IoModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of traces that were made up, so that each is known. */
final class FiguresReportTest {
  private static final Trace BLOCKING =
      new Trace(
          IoModel.THREAD,
          100,
          -5_000,
          List.of(
              new Step(Doing.RECV, -1_000_000, 40_000, 100),
              new Step(Doing.HANDLE, 40_100, 60_000, 100)));

  private static final Trace ASYNCHRONOUS =
      new Trace(
          IoModel.IO_URING,
          100,
          -5_000,
          List.of(
              new Step(Doing.IO_URING_ENTER, -1_000_000, -998_000, 1),
              new Step(Doing.WORK, -998_000, 20_000, 0),
              new Step(Doing.HANDLE, 20_100, 40_000, 100)));

  private static final Figures FIGURES =
      new Figures(
          new Experiment(100, Duration.ofMillis(1), 3),
          new Machine("a <CPU>", 2, "Linux", "JDK", null, null, null, "2026-11-21"),
          List.of(BLOCKING, ASYNCHRONOUS),
          Map.of(IoModel.SIGNAL, "no signals here"));

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void fitsTheTerminal(String language) {
    String text = new FiguresText(Texts.in(language), 80, true).render(FIGURES);
    assertThat(text.lines()).allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThan(81));
    assertThat(text).contains("no signals here").contains("░").contains("█");
  }

  @Test
  void drawsWithAsciiAlone() {
    String text = new FiguresText(Texts.in("en"), 80, false).render(FIGURES);
    assertThat(text.chars()).allMatch(character -> character < 128);
  }

  @Test
  void saysWhoCopied() {
    FactTexts facts = new FactTexts(Texts.in("en"));
    assertThat(facts.tableRow(BLOCKING))
        .containsExactly("thread", "1", "0", "1 ms", "0 %", "40.1 us", "0 %", "recv");
    assertThat(facts.tableRow(ASYNCHRONOUS))
        .containsExactly("io_uring", "1", "0", "1 ms", "100 %", "20.1 us", "100 %", "no call");
    assertThat(facts.lines(ASYNCHRONOUS)).anyMatch(line -> line.contains("outside of any call"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void writesHtmlThatNeedsNothingElse(String language) {
    String html = new FiguresHtml(Texts.in(language)).render(FIGURES);
    assertThat(html)
        .startsWith("<!doctype html>")
        .contains("lang=\"" + language + "\"")
        .contains("a &lt;CPU&gt;")
        .doesNotContain("{{", "http://", "https://", "<script", "<link");
    assertThat(html.split("<svg ", -1)).hasSize(4);
  }

  @Test
  void writesSvgThatIsXml() {
    Map<String, String> documents = new FiguresSvg(Texts.in("zh")).documents(FIGURES);
    assertThat(documents).containsOnlyKeys("thread", "io_uring", "all");
    documents.values().forEach(Xml::assertWellFormed);
  }
}
