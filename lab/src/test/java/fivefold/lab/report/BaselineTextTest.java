package fivefold.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.record.Baseline;
import fivefold.lab.record.Machine;
import fivefold.lab.record.Results;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineTextTest {
  private static final List<RoundFigures> FAST = Samples.rounds(4, 4.2, 3.9, 4.1, 4, 4.3, 3.8);
  private static final List<RoundFigures> SLOW = Samples.rounds(8, 8.4, 7.8, 8.2, 8, 8.6, 7.6);
  private static final Results BEFORE = of(FAST);

  private static Results of(List<RoundFigures> rounds) {
    return Samples.results(Samples.point(64, Samples.row("epoll", rounds, rounds, null)));
  }

  private static String render(Results before, Results now, Language language) {
    return new BaselineText(language, Integer.MAX_VALUE)
        .render("old.json", before, now, new Baseline(before, 0.1).changes(now));
  }

  private static Results on(Machine machine, int schema) {
    return new Results(schema, BEFORE.fivefold(), machine, BEFORE.points());
  }

  @Test
  void sameConditionsNeedNoWarning() {
    assertThat(render(BEFORE, of(SLOW), Language.ENGLISH))
        .startsWith("against old.json, of ")
        .contains("epoll, CPU us/request", "REGRESSION")
        .doesNotContain("warning");
  }

  @Test
  void whatDiffersIsNamedInOneLine() {
    Machine here = BEFORE.machine();
    Machine there =
        new Machine(
            here.cpu(),
            here.cores(),
            "Linux 5.4 amd64",
            "Old JDK 21",
            here.governor(),
            here.virtual(),
            here.memoryBytes(),
            here.date());
    assertThat(render(on(there, 1), BEFORE, Language.ENGLISH).lines())
        .filteredOn(line -> line.startsWith("warning: "))
        .singleElement()
        .asString()
        .contains("system Linux 5.4 amd64, now " + here.operatingSystem())
        .contains("JDK Old JDK 21, now " + here.jdk())
        .contains("version of results.json 1, now 3")
        .doesNotContain("processor", "cores");
  }

  @Test
  void chineseHasNoEnglishLeft() {
    Machine here = BEFORE.machine();
    Machine there =
        new Machine("Z80", 1, "CP/M", "0.9", "slow", here.virtual(), 1L << 16, here.date());
    String text = render(on(there, 2), of(SLOW), Language.CHINESE);
    assertThat(text).contains("与 old.json（", "警告：测量条件不同：处理器：当时 Z80", "变差", "请求/秒");
    List<String> names =
        List.of(
            "old.json",
            "results.json",
            "epoll",
            "Z80",
            "CP/M",
            "CPU us",
            "p99 us",
            "JDK",
            "MiB",
            here.cpu(),
            here.operatingSystem(),
            here.jdk(),
            here.date());
    for (String known : names) {
      text = text.replace(known, "");
    }
    assertThat(text).doesNotContainPattern("[A-Za-z]{3}");
  }
}
