package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.compare.Contender;
import fivefold.lab.record.Results;
import fivefold.lab.record.ResultsFile;
import fivefold.lab.record.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job from the command line to the files, with servers of this build. */
@Timeout(120)
class CompareCommandTest {

  @Test
  void twoModelsAreComparedAndWrittenDown(@TempDir Path folder) throws IOException {
    Path json = folder.resolve("figures.json");
    Path html = folder.resolve("figures.html");
    int exit =
        Main.run(
            "compare",
            "--models=thread,nio",
            "--connections=4",
            "--rounds=2",
            "--duration=100ms",
            "--warmup=100ms",
            "--trace=" + folder.resolve("trace.json"),
            "--out-json=" + json,
            "--out-html=" + html);
    assertThat(exit).isZero();
    assertThat(Files.readString(folder.resolve("trace-thread.json"))).contains("\"read\"");
    assertThat(Files.readString(folder.resolve("trace-nio.json"))).contains("\"wait\"");
    Results results = ResultsFile.read(json);
    assertThat(results.rows()).extracting(Row::name).containsExactly("thread", "nio");
    assertThat(results.rows()).allMatch(row -> row.error() == null && row.rounds().size() == 2);
    assertThat(Files.readString(html)).contains("<i></i>thread</th>", "<i></i>nio</th>");
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aSweepIsAPointForEachNumber(@TempDir Path folder) throws IOException {
    Path json = folder.resolve("sweep.json");
    int exit =
        Main.run(
            "compare",
            "--models=nio",
            "--connections=1,3",
            "--rounds=1",
            "--duration=300ms",
            "--warmup=50ms",
            "--out-json=" + json,
            "--out-html=" + folder.resolve("sweep.html"),
            "--out-csv=" + folder.resolve("sweep.csv"),
            "--out-md=" + folder.resolve("sweep.md"));
    assertThat(exit).isZero();
    assertThat(ResultsFile.read(json).points())
        .extracting(point -> point.settings().workload().connections())
        .containsExactly(1, 3);
    assertThat(ResultsFile.read(json).rows()).extracting(Row::connections).containsExactly(1, 3);
    assertThat(Files.readAllLines(folder.resolve("sweep.csv"))).hasSize(3);
    assertThat(Files.readString(folder.resolve("sweep.md"))).contains("### echo, 3 connections");
  }

  private static int comparedTo(Path baseline, Path folder, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "compare",
                "--models=nio",
                "--connections=2",
                "--rounds=4",
                "--duration=50ms",
                "--warmup=50ms",
                "--baseline=" + baseline,
                "--out-json=" + folder.resolve("now.json"),
                "--out-html=" + folder.resolve("now.html")));
    words.addAll(List.of(more));
    return Main.run(words.toArray(String[]::new));
  }

  /** The first round, twelve times: so many that of now's rounds all but two may be missing. */
  private static String withTwelveRoundsOfAFastServer(String results) {
    Matcher rounds =
        Pattern.compile("\"rounds\" : \\[ (\\{[^}]*})(, \\{[^}]*})* ]").matcher(results);
    assertThat(rounds.find()).isTrue();
    // No machine is a thousand times slower from one minute to the next.
    String fast =
        rounds
            .group(1)
            .replaceAll("\"(cpuMicros|otherCores)\" : [^,}]+", "\"$1\" : 0.001")
            .replaceAll("\"requestsPerSecond\" : [^,]+", "\"requestsPerSecond\" : 1e9");
    return rounds.replaceFirst(
        Matcher.quoteReplacement(
            "\"rounds\" : [" + String.join(", ", Collections.nCopies(12, fast)) + "]"));
  }

  @Test
  void aBaselineThatWasMuchBetterIsExitCodeThree(@TempDir Path folder) throws IOException {
    Path now = folder.resolve("now.json");
    Path then = folder.resolve("then.json");
    String[] first = {"--models=nio", "--connections=2", "--rounds=4", "--duration=50ms"};
    assertThat(
            Main.run(
                "compare",
                first[0],
                first[1],
                first[2],
                first[3],
                "--warmup=50ms",
                "--out-json=" + now,
                "--out-html=" + folder.resolve("now.html")))
        .isZero();
    Files.writeString(then, withTwelveRoundsOfAFastServer(Files.readString(now)));
    assertThat(comparedTo(then, folder)).isEqualTo(3);
    // 1000 % more is eleven times as much.
    assertThat(comparedTo(now, folder, "--tolerance=1000")).isZero();
    assertThat(comparedTo(now, folder, "--pipeline=2")).isEqualTo(2);
    assertThat(comparedTo(folder.resolve("none.json"), folder)).isEqualTo(2);
    assertThat(reported(now, folder)).isZero();
    assertThat(reported(now, folder, "--baseline=" + then)).isEqualTo(3);
    assertThat(reported(folder.resolve("none.json"), folder)).isEqualTo(2);
    assertThat(reported(now, folder, "--lang=fr")).isEqualTo(2);
    assertThat(reported(now, folder, "--out-csv=" + now)).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("again.html"))).contains("<i></i>nio</th>");
  }

  private static int reported(Path results, Path folder, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("report", results.toString(), "--out-html=" + folder.resolve("again.html")));
    words.addAll(List.of(more));
    return Main.run(words.toArray(String[]::new));
  }

  @Test
  void badUsageIsTwo(@TempDir Path folder) {
    String nowhere = folder.resolve("no").resolve("file").toString();
    assertThat(Main.run("compare", "time")).isEqualTo(2);
    assertThat(Main.run("compare", "--models=nonsense")).isEqualTo(2);
    assertThat(Main.run("compare", "--connections=0")).isEqualTo(2);
    assertThat(Main.run("compare", "--size=-1")).isEqualTo(2);
    assertThat(Main.run("compare", "--duration=1ms")).isEqualTo(2);
    assertThat(Main.run("compare", "--models=nio", "--reference=poll")).isEqualTo(2);
    assertThat(Main.run("compare", "--out-json=" + nowhere)).isEqualTo(2);
    assertThat(Main.run("compare", "--connections=1,0")).isEqualTo(2);
    assertThat(Main.run("compare", "--connections=1,1")).isEqualTo(2);
    assertThat(Main.run("compare", "--connections=1,2", "--size=1,2")).isEqualTo(2);
    assertThat(Main.run("compare", "--rate=0")).isEqualTo(2);
    String one = "=" + folder.resolve("one");
    assertThat(Main.run("compare", "--out-json" + one, "--out-html" + one)).isEqualTo(2);
    assertThat(Main.run("compare", "--out-csv" + one, "--out-md" + one)).isEqualTo(2);
    assertThat(Main.run("compare", "--models=all,nio")).isEqualTo(2);
    assertThat(Main.run("report", folder.toString())).isEqualTo(2);
    assertThat(Main.run("lab", "--port=x")).isEqualTo(2);
    assertThat(Main.run("load", "http://localhost:80/")).isEqualTo(2);
    assertThat(Main.run("compare", "--reply=some")).isEqualTo(2);
    assertThat(Main.run("compare", "--against=true")).isEqualTo(2);
    assertThat(Main.run("compare", "--against=true", "--port=70000")).isEqualTo(2);
  }

  @Test
  void serversOfOthersAreNamedByTheirPrograms() {
    assertThat(
            Against.contenders(
                List.of("/usr/bin/socat -d", "socat", "./epoll"), List.of(9000, 9001, 9002)))
        .extracting(Contender::name)
        .containsExactly("socat", "socat (2)", "epoll (theirs)");
  }
}
