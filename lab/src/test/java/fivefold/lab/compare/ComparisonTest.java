package fivefold.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.lab.record.Results;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Summary;
import fivefold.lab.record.Workload;
import fivefold.sys.Platform;
import fivefold.sys.Processes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real servers in processes of their own, good and bad. */
@Timeout(120)
class ComparisonTest {

  private static Settings settings(List<Contender> contenders, int rounds, long durationMillis) {
    return new Settings(
        new Workload("echo", 4, 64, 2),
        contenders.stream().map(Contender::name).toList(),
        contenders.getFirst().name(),
        rounds,
        durationMillis,
        20,
        50,
        1,
        null,
        null,
        List.of());
  }

  private static Comparison comparison(
      int rounds,
      long durationMillis,
      @Nullable CorePlan cores,
      Progress progress,
      String... kinds) {
    List<Contender> contenders = new ArrayList<>();
    for (String kind : kinds) {
      contenders.add(ServerScript.contender(kind + contenders.size(), kind));
    }
    return new Comparison(
        settings(contenders, rounds, durationMillis), contenders, cores, progress);
  }

  private static Summary summary(Row row) {
    return Objects.requireNonNull(row.summary(), row.name());
  }

  @AfterEach
  void noServerIsLeft() {
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void goodServersAreMeasuredInTurn() throws Exception {
    List<String> activities = new ArrayList<>();
    Results results =
        comparison(2, 100, null, (what, done, left) -> activities.add(what), "good", "good").run();
    assertThat(activities)
        .containsExactly(
            "start and warm up: good0",
            "start and warm up: good1",
            "round 1 of 2: good0",
            "round 1 of 2: good1",
            "round 2 of 2: good0",
            "round 2 of 2: good1");
    assertThat(results.points().getFirst().complete()).isTrue();
    assertThat(results.rows()).hasSize(2);
    for (Row row : results.rows()) {
      assertThat(row.error()).isNull();
      assertThat(row.rounds()).extracting(RoundFigures::round).containsExactly(1, 2);
      assertThat(summary(row).errors()).isZero();
      assertThat(summary(row).requestsPerSecond().min()).isPositive();
      assertThat(row.latencyCurve()).isNotEmpty();
    }
  }

  @Test
  void onLinuxTheProcessIsMeasured() throws Exception {
    assumeTrue(Platform.unavailable().isEmpty());
    Row row = comparison(2, 200, null, Progress.NONE, "good").run().rows().getFirst();
    for (RoundFigures round : row.rounds()) {
      // A request takes system calls, so some time; all of it is at most that of the machine.
      assertThat(round.cpuMicros()).isBetween(0.1, 1e5);
      assertThat(round.serverCores())
          .isBetween(0.001, (double) Runtime.getRuntime().availableProcessors());
      assertThat(round.threads()).isGreaterThan(4);
      assertThat(round.rssBytes()).isGreaterThan(1e6);
      assertThat(round.contextSwitches()).isPositive();
    }
  }

  @Test
  void aBadServerHasItsErrorInItsRowAndTheOthersGoOn() throws Exception {
    List<Row> rows =
        comparison(2, 100, null, Progress.NONE, "good", "quits", "mute", "dies", "wrong")
            .run()
            .rows();
    assertThat(rows.get(0).error()).isNull();
    assertThat(rows.get(0).rounds()).hasSize(2);
    assertThat(rows.get(1).error()).contains("exit code 3").contains("something is missing");
    assertThat(rows.get(2).error()).contains("answered no request");
    assertThat(rows.get(3).error()).contains("exit code 7").contains("no more");
    assertThat(rows.get(4).error()).isNull();
    assertThat(summary(rows.get(4)).errors()).isPositive();
  }

  @Test
  void stoppingKeepsTheRoundsThatAreFinished() throws Exception {
    AtomicReference<Comparison> running = new AtomicReference<>();
    Progress stopInRoundThree =
        (what, done, left) -> {
          if (what.startsWith("round 3")) {
            running.get().stop();
          }
        };
    running.set(comparison(500, 100, null, stopInRoundThree, "good"));
    Results results = running.get().run();
    assertThat(results.points().getFirst().complete()).isFalse();
    assertThat(results.rows().getFirst().rounds()).hasSize(2);
    assertThat(results.points().getFirst().warnings())
        .anyMatch(warning -> warning.startsWith("stopped early"));
  }

  @Test
  void theAffinityOfThisThreadIsAsBefore() throws Exception {
    CorePlan cores = Pinning.plan(1).orElse(null);
    assumeTrue(cores != null);
    BitSet before = new BitSet();
    BitSet after = new BitSet();
    Processes.getAffinity(0, before);
    Results results = comparison(1, 50, cores, Progress.NONE, "good").run();
    Processes.getAffinity(0, after);
    assertThat(results.rows().getFirst().error()).isNull();
    assertThat(after).isEqualTo(before);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Row foreign(String command, int port) throws Exception {
    List<Contender> contenders = List.of(Lineup.foreign("theirs", command, port));
    return new Comparison(settings(contenders, 2, 100), contenders, null, Progress.NONE)
        .run()
        .rows()
        .getFirst();
  }

  /** As words of a shell, with the port behind them. */
  private static String command(String behaviour, int port) {
    return "'" + String.join("' '", ServerScript.command(behaviour)) + "' " + port;
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void somebodyElsesServerIsARow() throws Exception {
    int port = freePort();
    Row row = foreign(command("good", port), port);
    assertThat(row.error()).isNull();
    assertThat(row.family()).isEqualTo("other");
    assertThat(row.rounds()).hasSize(2);
    assertThat(summary(row).errors()).isZero();
    assumeTrue(Platform.unavailable().isEmpty());
    assertThat(row.rounds()).allMatch(round -> round.cpuMicros() != null && round.cpuMicros() > 0);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aWrapperIsEndedWithWhatItStarted() throws Exception {
    int port = freePort();
    // The shell stays, with the server as its child.
    Row row = foreign("sh -c \"" + command("good", port) + "; true\"", port);
    assertThat(row.error()).isNull();
    assertThat(summary(row).errors()).isZero();
    await().untilAsserted(() -> assertThat(PortProbe.isOpen(port)).isFalse());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aServerThatDoesNotComeOrIsThereAlreadyIsAnError() throws Exception {
    assertThat(foreign("echo off && exit 0", freePort()).error()).contains("port").contains("off");
    try (ServerSocket taken = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertThat(foreign("true", taken.getLocalPort()).error()).contains("taken");
    }
  }

  @Test
  void aServerThatIsNotTheirTurnStandsStill() throws IOException, InterruptedException {
    assumeTrue(Platform.unavailable().isEmpty());
    try (Pinning pinning = new Pinning(null);
        ServerProcess server =
            ServerProcess.start(
                ServerScript.contender("good", "good"), pinning, Duration.ofSeconds(20))) {
      server.pause();
      await().untilAsserted(() -> assertThat(state(server)).isEqualTo('T'));
      server.resume();
      await().untilAsserted(() -> assertThat(state(server)).isNotEqualTo('T'));
    }
  }

  private static char state(ServerProcess server) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + server.pid() + "/stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }
}
