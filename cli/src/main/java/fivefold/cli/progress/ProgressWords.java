package fivefold.cli.progress;

import fivefold.lab.report.Language;
import java.time.Duration;
import java.util.Locale;

/** What a comparison says of its progress, which it says in English, in the reader's language. */
public record ProgressWords(Language language) {
  private static final int MINUTES_FROM_SECONDS = 100;

  /** Before it begins: a sweep over many models takes its time. */
  public String plan(Duration time, int settings, int servers, int rounds) {
    return language == Language.CHINESE
        ? "约需 %s：%s%d 个服务器，各 %d 轮"
            .formatted(
                span(time, " 秒", " 分钟"), settings == 1 ? "" : settings + " 种设置，", servers, rounds)
        : "about %s: %s%d %s, %d %s each"
            .formatted(
                span(time, " s", " min"),
                settings == 1 ? "" : settings + " settings, ",
                servers,
                servers == 1 ? "server" : "servers",
                rounds,
                rounds == 1 ? "round" : "rounds");
  }

  private static String span(Duration time, String seconds, String minutes) {
    long whole = Math.max(1, time.toSeconds());
    return whole < MINUTES_FROM_SECONDS ? whole + seconds : Math.round(whole / 60.0) + minutes;
  }

  /** What is going on: {@code setting 1 of 5, round 2 of 7: epoll}. */
  String activity(String english) {
    return language == Language.CHINESE
        ? english
            .replaceFirst("^setting (\\d+) of (\\d+), ", "第 $1 种设置，共 $2 种；")
            .replaceFirst("round (\\d+) of (\\d+): ", "第 $1 轮，共 $2 轮：")
            .replaceFirst("start and warm up: ", "启动并预热：")
        : english;
  }

  /** How long it will still take. */
  String left(Duration left) {
    long seconds = left.plusMillis(999).toSeconds();
    return String.format(
        Locale.ROOT, language == Language.CHINESE ? "，还要约 %d 秒" : ", about %d s left", seconds);
  }
}
