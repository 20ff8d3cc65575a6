package fivefold.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.report.Language;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressWordsTest {
  private static String bar(Language language, String activity) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream terminal = new PrintStream(out, false, StandardCharsets.UTF_8)) {
      new ProgressBar(terminal, language).at(activity, 0.5, Duration.ofMillis(2500));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void englishStaysAsItIs() {
    assertThat(bar(Language.ENGLISH, "setting 1 of 5, round 2 of 7: epoll"))
        .endsWith("] setting 1 of 5, round 2 of 7: epoll, about 3 s left");
  }

  @Test
  void chineseHasNoEnglishButNames() {
    assertThat(bar(Language.CHINESE, "setting 1 of 5, round 2 of 7: epoll"))
        .endsWith("] 第 1 种设置，共 5 种；第 2 轮，共 7 轮：epoll，还要约 3 秒");
    assertThat(bar(Language.CHINESE, "start and warm up: nio")).endsWith("] 启动并预热：nio，还要约 3 秒");
  }
}
