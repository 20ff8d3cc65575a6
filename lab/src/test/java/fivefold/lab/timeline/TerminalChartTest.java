package fivefold.lab.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class TerminalChartTest {
  private static final Chart CHART =
      new Chart(
          "One message",
          List.of(
              new Lane(
                  "thread",
                  List.of(
                      new Span(Activity.WAIT, "recv", 0, 80),
                      new Span(Activity.COPY, "", 80, 100))),
              new Lane("内核", List.of(new Span(Activity.COPY, "复制", 50, 100)))),
          List.of(new Mark("data", 80)),
          TimeScale.linear(0, 100),
          Map.of(Activity.WAIT, "waits", Activity.COPY, "copies"));

  @Test
  void drawsLanesOfOneWidth() {
    assertThat(new TerminalChart(48, true).lines(CHART))
        .containsExactly(
            "One message",
            "                                   data ▼",
            "thread  ░░░░░░░░░░░░░ recv ░░░░░░░░░░░░░▓▓▓▓▓▓▓▓",
            "内核                        ▓▓▓▓▓▓▓ 复制 ▓▓▓▓▓▓▓",
            "        ┴───────────────────┴──────────────────┴",
            "        0                 50 ns           100 ns",
            "        ░░ waits  ▓▓ copies");
  }

  @Test
  void putsNamesBehindLanesThatBeginBelowEachOther() {
    assertThat(new TerminalChart(48, true).withNamesBehind().captioned(CHART))
        .containsExactly(
            "                           data ▼",
            "░░░░░░░░░░░░░ recv ░░░░░░░░░░░░░▓▓▓▓▓▓▓▓  thread",
            "                    ▓▓▓▓▓▓▓ 复制 ▓▓▓▓▓▓▓  内核",
            "┴───────────────────┴──────────────────┴",
            "0                 50 ns           100 ns",
            "░░ waits  ▓▓ copies");
  }

  @Test
  void showsEachOfFewShortSpans() {
    List<Span> calls =
        LongStream.range(0, 10)
            .mapToObj(i -> new Span(Activity.ASK, "", i * 100, i * 100 + 1))
            .toList();
    Chart chart =
        new Chart(
            "", List.of(new Lane("t", calls)), List.of(), TimeScale.linear(0, 1000), Map.of());
    assertThat(new TerminalChart(43, true).captioned(chart).getFirst().replaceAll("[^▒]", ""))
        .hasSize(10);
  }

  @Test
  void drawsWithAsciiAlone() {
    assertThat(new TerminalChart(48, false).lines(CHART).get(2))
        .isEqualTo("thread  ............. recv .............%%%%%%%%");
  }

  @Test
  void showsTheShortestSpan() {
    Lane lane =
        new Lane(
            "t",
            List.of(
                new Span(Activity.ASK, "", 500, 501), new Span(Activity.WORK, "work", 0, 1000)));
    Chart chart = new Chart("", List.of(lane), List.of(), TimeScale.linear(0, 1000), Map.of());
    assertThat(new TerminalChart(43, true).lines(chart).get(1))
        .contains("▒")
        .contains("work")
        .hasSize(43);
  }
}
