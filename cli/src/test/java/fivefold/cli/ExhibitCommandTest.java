package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.sys.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command; what each exhibit shows is the lab's to test. */
class ExhibitCommandTest {
  @TempDir Path folder;

  @Test
  void listsThemInTheLanguageAskedFor() {
    assertThat(Captured.run("exhibit", "--lang", "en").output())
        .contains("three-tasks ", "Three tasks that wait");
    assertThat(Captured.run("exhibit", "--lang", "ZH").output()).contains("三个要等待的任务");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertRefused("did you mean 'fd-1024'?", "exhibit", "fd-124");
    assertRefused("--guess must be 1 to 3 here, not 4", "exhibit", "fd-1024", "--guess", "4");
    assertRefused("--guess is for one exhibit", "exhibit", "--all", "--guess", "1");
    assertRefused("expected one of en, zh", "exhibit", "--lang", "fr");
    assertRefused("--guess is for one exhibit; give its name", "exhibit", "--guess", "1");
    String here = folder.toString();
    assertRefused("is a folder; expected a file", "exhibit", "fd-1024", "--out-html", here);
    assertRefused("/dev/null is no folder", "exhibit", "fd-1024", "--out-md", "/dev/null");
    assertRefused("which exhibits?", "exhibit", "--out-html", folder.resolve("x").toString());
  }

  private static void assertRefused(String why, String... args) {
    Captured run = Captured.run(args);
    assertThat(run.errors()).contains(why);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void writesWhatItShows() throws IOException {
    Assumptions.assumeTrue(Platform.unavailable().isEmpty());
    Path html = folder.resolve("exhibit.html");
    Captured run =
        Captured.run(
            "exhibit",
            "fd-1024",
            "--guess",
            "1",
            "--lang",
            "zh",
            "--out-html",
            html.toString(),
            "--out-md",
            folder.toString());
    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).contains("你猜的是 1；运行结果支持 3");
    assertThat(html).content().contains("lang=\"zh-CN\"", "select 与 1024 这个数");
    assertThat(folder.resolve("en/fd-1024.md")).content().contains("| 1024 | refused | sees it |");
    assertThat(folder.resolve("zh/fd-1024.md")).content().contains("| 1024 | 不接受 | 看得见 |");
    assertThat(Files.exists(folder.resolve("zh/README.md"))).isTrue();
  }
}
