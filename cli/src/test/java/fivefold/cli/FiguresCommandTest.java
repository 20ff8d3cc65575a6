package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class FiguresCommandTest {
  @TempDir Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void drawsTheModelsThatAreNamed() throws Exception {
    Path html = directory.resolve("figures.html");
    Path svg = directory.resolve("svg");
    Captured run =
        Captured.run(
            "figures",
            "--models",
            "thread,epoll",
            "--rounds",
            "3",
            "--ascii",
            "--out-html",
            html.toString(),
            "--out-svg",
            svg.toString());
    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .contains("1. Blocking (thread)", "3. Multiplexing (epoll)", "epoll_wait")
        .doesNotContain("4. Signal-driven");
    assertThat(html).content().startsWith("<!doctype html>");
    assertThat(svg.toFile().list()).containsExactlyInAnyOrder("thread.svg", "epoll.svg", "all.svg");
  }

  @Test
  void saysWhatItExpected() {
    assertThat(Captured.run("figures", "--models", "virtual").errors())
        .contains("there is no figure of model virtual; expected some of thread,nonblocking,");
    assertThat(Captured.run("figures", "--lang", "fr").errors())
        .contains("--lang: no texts in fr; expected en or zh");
    String file = directory.resolve("none/x.html").toString();
    assertThat(Captured.run("figures", "--out-html", file).exitCode()).isEqualTo(2);
    Captured noFolder = Captured.run("figures", "--out-svg", "/dev/null/x");
    assertThat(noFolder.errors()).contains("--out-svg: /dev/null is no folder");
    assertThat(noFolder.exitCode()).isEqualTo(2);
    Captured tooLong = Captured.run("figures", "--delay", "1h");
    assertThat(tooLong.errors()).contains("--delay is 3600 s; expected 1 ms to 20 ms");
    assertThat(tooLong.exitCode()).isEqualTo(2);
  }
}
