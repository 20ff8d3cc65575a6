package fivefold.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Samples;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report's script, in Chromium where there is one. */
class ReportInBrowserTest {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private static Point at(int connections, double fast, double slow) {
    List<RoundFigures> fasts = Samples.rounds(fast, fast, fast);
    List<RoundFigures> slows = Samples.rounds(slow, slow, slow);
    return Samples.point(
        connections,
        Samples.row("epoll", fasts, fasts, null),
        Samples.row("process", slows, fasts, null));
  }

  @Test
  void drawsSettingsThatAreNoPowersOfTenAndOneModelFarFromTheOthers(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM);
    Results sweep = Samples.results(at(3, 4, 5), at(64, 4, 400), at(700, 5, 300));
    Path page = folder.resolve("report.html");
    HtmlReport.write(sweep, Language.CHINESE, page);
    String drawn = opened(page, folder);
    // CPU, requests/s and p99; the law refuses three points. Each setting has its latency.
    assertThat(count(drawn, "<div class=\"sweep\"><p class=\"axis\">")).isEqualTo(3);
    assertThat(count(drawn, "<canvas")).isEqualTo(3 + 3);
    // Those of p99 are all the same.
    assertThat(count(drawn, "aria-pressed=\"true\">对数")).isEqualTo(2);
    assertThat(count(drawn, "aria-pressed=\"true\">线性")).isEqualTo(1);
    assertThat(drawn).contains("aria-label=\"各模型的请求/秒\"").doesNotContain("aria-label=\"requests");
    assertThat(Files.readString(folder.resolve("log"))).doesNotContain("Uncaught", "Error:");
  }

  private static int count(String html, String part) {
    return (int) Pattern.compile(Pattern.quote(part)).matcher(html).results().count();
  }

  private static String opened(Path page, Path folder) throws IOException, InterruptedException {
    Path dom = folder.resolve("dom.html");
    Process browser =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(Redirect.to(folder.resolve("log").toFile()))
            .start();
    try {
      assertThat(browser.waitFor(60, TimeUnit.SECONDS)).as("Chromium ends").isTrue();
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly().waitFor();
    }
    return Files.readString(dom);
  }
}
