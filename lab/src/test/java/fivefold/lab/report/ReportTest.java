package fivefold.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.draw.RoundStep;
import fivefold.lab.draw.TextWidth;
import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Samples;
import fivefold.lab.record.Workload;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final List<RoundFigures> ROUNDS = Samples.rounds(4, 5, 6, 4, 5, 6);
  private static final Results RESULTS =
      Samples.results(
          List.of("noisy & <loud>"),
          List.of(
              Samples.row("epoll", ROUNDS, ROUNDS, null),
              Samples.row("epoll-et", Samples.rounds(2, 2.5, 3, 2, 2.5, 3), ROUNDS, null),
              Samples.row("poll", Samples.rounds(4.1, 4.9, 6, 4, 5, 6), ROUNDS, null),
              Samples.row("unknown", List.of(Samples.unmeasured(1)), ROUNDS, null),
              Samples.row("dead", List.of(), ROUNDS, "said </script><b>no</b>")));

  private static final String HTML = HtmlReport.render(RESULTS);
  private static final String TEXT = new TerminalReport(false).render(RESULTS);

  private static Optional<String> verdict(Point point) {
    return Verdict.of(point).map(Text::english);
  }

  @Test
  void theTableOfTheHtmlHasARowForEachModel() {
    for (String name : List.of("epoll", "epoll-et", "poll", "unknown", "dead")) {
      assertThat(HTML).contains("<i></i>" + name + "</th>");
    }
  }

  @Test
  void theHtmlLoadsNothing() {
    // The one address is in the comment that carries the library's name and licence.
    String ours = HTML.replace("/*! https://github.com/leeoniya/uPlot (v1.6.32) */", "");
    assertThat(ours).doesNotContain("http://", "https://", "//cdn");
    assertThat(HTML).doesNotContainPattern("(?i)\\s(src|href)\\s*=");
    assertThat(HTML).doesNotContainPattern("(?i)@import|url\\(");
    assertThat(HTML).contains("default-src 'none'");
  }

  @Test
  void whatComesFromOutsideIsEscaped() {
    assertThat(HTML)
        .contains("said &lt;/script&gt;&lt;b&gt;no&lt;/b&gt;")
        .contains("noisy &amp; &lt;loud&gt;")
        .doesNotContain("<b>no</b>");
    assertThat(Html.escapeJson("{\"a\":\"</script><!--\"}"))
        .isEqualTo("{\"a\":\"\\u003c/script>\\u003c!--\"}");
  }

  @Test
  void noPlaceIsLeftEmpty() {
    assertThat(HTML).doesNotContainPattern("\\{\\{[a-z-]+}}").contains("uPlot=function");
  }

  @Test
  void differencesAreSaidAndSoIsTheirAbsence() {
    assertThat(HTML).contains("0.50..0.50 lower").contains("no significant difference");
    assertThat(TEXT).containsPattern("epoll-et .* 0\\.50 +0\\.50\\.\\.0\\.50 +lower");
    assertThat(TEXT).containsPattern("poll .* no significant difference");
  }

  @Test
  void theTextHasEveryRowAndWarning() {
    assertThat(TEXT.lines())
        .anyMatch(line -> line.startsWith("epoll ") && line.endsWith("reference"))
        .anyMatch(line -> line.startsWith("dead ") && line.endsWith("no figures"))
        .anyMatch(line -> line.startsWith("error: dead: said"))
        .anyMatch(line -> line.equals("warning: noisy & <loud>"));
  }

  @Test
  void whatWasNotMeasuredIsADash() {
    assertThat(TEXT).containsPattern("\\nunknown +2,000 +2,000\\.\\.2,000 +- +- +- +- *\\n");
  }

  @Test
  void oneRoundHasNoInterval() {
    List<RoundFigures> one = Samples.rounds(4);
    Results results =
        Samples.results(
            List.of(),
            List.of(
                Samples.row("epoll", one, one, null),
                Samples.row("nio", Samples.rounds(5), one, null)));
    assertThat(new TerminalReport(false).render(results))
        .contains("taken within each round.")
        .doesNotContain(" 0 % interval");
    assertThat(TEXT).contains("taken within each round, with the 97 % interval of its median.");
  }

  @Test
  void coloursAreForTerminalsOnly() {
    assertThat(TEXT).doesNotContain("\033");
    assertThat(new TerminalReport(true).render(RESULTS)).contains("\033[");
  }

  @Test
  void aSweepHasATableAndACurveForEachFigure() {
    Results sweep =
        Samples.results(
            Samples.point(
                1,
                Samples.row("epoll", ROUNDS, ROUNDS, null),
                Samples.row("poll", ROUNDS, ROUNDS, null)),
            Samples.point(
                1000,
                Samples.row("epoll", Samples.rounds(7, 7, 7, 7, 7, 7), ROUNDS, null),
                Samples.row("poll", List.of(), ROUNDS, "no room"),
                Samples.row("cut", ROUNDS, ROUNDS, null)));
    assertThat(new TerminalReport(false).render(sweep))
        .containsPattern("\\nCPU us/request by connections +1 +1,000\\nepoll +5\\.00 +7\\.00\\n")
        .containsPattern("\\npoll +5\\.00 +-\\n")
        .containsPattern("\\ncut +- +-\\n")
        .contains("echo, 1 connection x", "echo, 1000 connections x");
    assertThat(HtmlReport.render(sweep))
        .contains(
            "<h2><span lang=\"en\">By connections</span>",
            "\"places\":[1.0,1000.0]",
            "\"values\":[5.0,7.0]")
        .contains("\"values\":[5.0,null]")
        .containsOnlyOnce("<h2 class=\"point\"><span lang=\"en\">echo, 1000 connections x 64")
        .doesNotContainPattern("\\{\\{[a-z-]+}}");
    assertThat(TEXT).doesNotContain("by connections");
    assertThat(HTML).doesNotContain("class=\"sweep\"");
  }

  @Test
  void csvHasALineForEachRoundAndQuotesWhatItMust() {
    List<String> lines = CsvReport.render(RESULTS).lines().toList();
    assertThat(lines).hasSize(1 + 3 * ROUNDS.size() + 1);
    List<String> head = List.of(lines.getFirst().split(",", -1));
    assertThat(head).doesNotHaveDuplicates().contains("name", "cpuMicros", "otherCores");
    assertThat(lines).allMatch(line -> line.split(",", -1).length == head.size());
    assertThat(lines.get(1).split(",", -1)[head.indexOf("name")]).isEqualTo("epoll");
    assertThat(lines.get(1).split(",", -1)[head.indexOf("cpuMicros")]).isEqualTo("4.0");
    assertThat(lines.getLast().split(",", -1)[head.indexOf("cpuMicros")]).isEmpty();
    Results odd =
        Samples.results(List.of(), List.of(Samples.row("a \"b\", c", ROUNDS, ROUNDS, null)));
    assertThat(CsvReport.render(odd)).contains(",\"a \"\"b\"\", c\",");
  }

  @Test
  void csvHasEachFigureOfARound() {
    String head = CsvReport.render(RESULTS).lines().findFirst().orElse("");
    for (RecordComponent figure : RoundFigures.class.getRecordComponents()) {
      assertThat(head.split(",", -1)).contains(figure.getName());
    }
  }

  @Test
  void markdownHasARowForEachModelAndNoMarkupOfOthers() {
    List<String> lines = MarkdownReport.render(RESULTS, Language.ENGLISH).lines().toList();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("| epoll-et | ") && line.contains("0.50..0.50 lower"))
        .anyMatch(line -> line.startsWith("| dead | said \\</script\\>"))
        .anyMatch(line -> line.startsWith("- noisy & \\<loud\\>"));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("|"))
        .allMatch(line -> line.chars().filter(c -> c == '|').count() == 9);
  }

  @Test
  void markdownIsInChineseToo() {
    assertThat(MarkdownReport.render(RESULTS, Language.CHINESE))
        .contains("| 模型 | CPU µs/请求 | 对比 epoll |", "无显著差异", "各轮的中位数")
        .doesNotContain("requests/s", "no significant", "Median");
  }

  @Test
  void csvTellsOneLoadFromAnother() {
    List<String> head =
        List.of(CsvReport.render(RESULTS).lines().findFirst().orElse("").split(","));
    for (RecordComponent part : Workload.class.getRecordComponents()) {
      assertThat(head).contains(part.getName());
    }
  }

  @Test
  void theFiguresAreSaidInWords() {
    List<RoundFigures> least = Samples.rounds(4, 4.2, 4.1, 4, 4.1, 4.2);
    Point point =
        Samples.point(
            64,
            Samples.row("thread", Samples.rounds(8, 8.4, 8.2, 8, 8.2, 8.4), least, null),
            Samples.row("nio", Samples.rounds(4.12, 4.2, 4.2, 3.88, 4.2, 4.3), least, null),
            Samples.row("epoll", least, least, null),
            Samples.row("cut", Samples.rounds(1, 1, 1, 1, 1, 1), least, null),
            Samples.row("dead", List.of(), least, "ended"));
    String words =
        "At 64 connections epoll has the lowest median of CPU time per request, 4.10 us; from it nio"
            + " (1.02 times, 0.97..1.03) does not differ significantly. More is taken by thread"
            + " (2.00 times, 2.00..2.00).";
    assertThat(verdict(point)).contains(words);
    assertThat(new TerminalReport(false).render(Samples.results(point))).contains(words);
    assertThat(HtmlReport.render(Samples.results(point))).contains(words);
    assertThat(MarkdownReport.render(Samples.results(point), Language.ENGLISH)).contains(words);
  }

  @Test
  void onlyWhatAllOthersExceedSignificantlyTakesTheLeast() {
    List<RoundFigures> least = Samples.rounds(4, 4.2, 4.1, 4, 4.1, 4.2);
    Row thread = Samples.row("thread", Samples.rounds(8, 8.4, 8.2, 8, 8.2, 8.4), least, null);
    assertThat(verdict(Samples.point(1, thread, Samples.row("epoll", least, least, null))))
        .contains(
            "At 1 connection epoll takes the least CPU time per request, 4.10 us. More is taken by"
                + " thread (2.00 times, 2.00..2.00).");
  }

  @Test
  void nothingIsSaidOfTooFewRoundsOrOneRow() {
    List<RoundFigures> few = Samples.rounds(4, 4, 4);
    Row epoll = Samples.row("epoll", few, few, null);
    Row nio = Samples.row("nio", Samples.rounds(8, 8, 8), few, null);
    assertThat(verdict(Samples.point(64, epoll, nio)))
        .contains("Too few rounds to tell the models apart.");
    assertThat(verdict(Samples.point(64, epoll))).isEmpty();
  }

  @Test
  void axesHaveRoundNumbers() {
    assertThat(RoundStep.notBelow(0.7)).isEqualTo(1);
    assertThat(RoundStep.notBelow(1)).isEqualTo(1);
    assertThat(RoundStep.notBelow(13)).isEqualTo(20);
    assertThat(RoundStep.notBelow(60_000)).isEqualTo(100_000);
    assertThat(RoundStep.notBelow(0)).isEqualTo(1);
  }

  @Test
  void theHtmlHasBothLanguagesAndShowsTheOneAskedForFirst() {
    assertThat(HTML).startsWith("<!doctype html>\n<html lang=\"en\">");
    String chinese = HtmlReport.render(RESULTS, Language.CHINESE);
    assertThat(chinese).startsWith("<!doctype html>\n<html lang=\"zh\">");
    for (String html : List.of(HTML, chinese)) {
      assertThat(html)
          .contains("<span lang=\"en\">requests/s</span><span lang=\"zh\">请求/秒</span>")
          .contains("no significant difference</span>", "无显著差异</span>")
          .contains("data-language=\"zh\"");
    }
  }

  @Test
  void aTerminalOfEightyColumnsIsEnough() {
    for (Language language : Language.values()) {
      String text = new TerminalReport(false, language, 80).render(RESULTS);
      assertThat(text.lines()).allMatch(line -> TextWidth.of(line) <= 80);
      assertThat(text).contains("epoll-et", "0.50..0.50");
    }
  }

  @Test
  void aTerminalCanReadChinese() {
    String text = new TerminalReport(false, Language.CHINESE).render(RESULTS);
    assertThat(text)
        .contains("echo，64 个连接 × 64 字节", "请求/秒", "无显著差异", "各轮的中位数")
        .doesNotContain("requests/s", "no significant difference");
    // A Chinese character takes two places, and the columns still stand below each other.
    List<String> lines = text.lines().toList();
    int head =
        lines.indexOf(
            lines.stream().filter(line -> line.contains("请求/秒")).findFirst().orElseThrow());
    assertThat(placeAfter(lines.get(head), "对比 epoll"))
        .isEqualTo(placeAfter(lines.get(head + 1), "1.00"));
  }

  private static int placeAfter(String line, String cell) {
    String before = line.substring(0, line.indexOf(cell) + cell.length());
    return before.codePoints().map(c -> c >= 0x3000 ? 2 : 1).sum();
  }

  @Test
  void knownRemarksAreInChineseTooAndOthersStayAsTheyAre() {
    assertThat(
            Remarks.inBoth(
                "select: cut to 967 of 1000 connections: it cannot use descriptors from 1024 on"))
        .extracting(Text::chinese)
        .isEqualTo("select：减为 1000 个连接中的 967 个：它不能用 1024 及以上的描述符");
    assertThat(
            Remarks.inBoth(
                "the machine was not quiet: other processes used 0.40 cores; stop them, and compare again"))
        .extracting(Text::chinese)
        .isEqualTo("机器不安静：其他进程用了 0.40 个核；请停掉它们再比较");
    assertThat(
            Stream.of(
                    "epoll (2): left out round 3: no reply in the window",
                    "socat: not Fivefold's: socat -d",
                    "socat: ended before it listened on port 9 with exit code 1; it printed: no",
                    "true: ended before it listened on port 9 with exit code 0 (it must stay in the"
                        + " foreground); it printed nothing",
                    "kqueue is not available here and was left out: needs libkqueue.so.0")
                .map(remark -> Remarks.inBoth(remark).chinese()))
        .containsExactly(
            "epoll (2)：略去第 3 轮：测量时段内没有一个答复",
            "socat：不是 Fivefold 的：socat -d",
            "socat：还没在端口 9 监听就结束了，退出码 1；它打印了：no",
            "true：还没在端口 9 监听就结束了，退出码 0（它须留在前台运行）；它什么也没有打印",
            "kqueue 在这里不可用，已略去：需要 libkqueue.so.0");
    assertThat(Remarks.inBoth("something $1 new")).isEqualTo(Text.same("something $1 new"));
  }

  private static Point at(int connections, double throughput, double other) {
    return Samples.point(
        connections,
        Samples.row("epoll", Samples.rounds(1e6 / throughput), ROUNDS, null),
        Samples.row("nio", Samples.rounds(1e6 / other), ROUNDS, null));
  }

  @Test
  void aSweepOverConnectionsHasItsScalingLaw() {
    Results sweep =
        Samples.results(
            at(1, 10_000, 10_000),
            at(10, 52_632, 100_000),
            at(100, 91_743, 100),
            at(1000, 99_108, 90_000));
    assertThat(new TerminalReport(false).render(sweep))
        .contains("Scaling: the Universal Scalability Law")
        .containsPattern(
            "\nepoll +10,000 +0.10 +\\S+ +[+-]0 %, [+-]0 %, [+-]0 %, [+-]0 % +at most ")
        .containsPattern("\nnio +no law: on the average it would be \\d+ % away");
    assertThat(HtmlReport.render(sweep))
        .contains("<div class=\"scaling\">", "\"beyond\":[", "no law: on the average")
        .doesNotContainPattern("\\{\\{[a-z-]+}}");
    assertThat(HTML).doesNotContain("class=\"scaling\"");
    Results few = Samples.results(at(1, 10_000, 1), at(10, 52_632, 1), at(100, 91_743, 1));
    assertThat(new TerminalReport(false).render(few))
        .contains("no law: measured whole at 3 settings");
  }
}
