package fivefold.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.lab.load.LoadPlan;
import fivefold.lab.record.Workload;
import fivefold.net.IoModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineupTest {
  private static final Workload WORKLOAD = new Workload("echo", 100, 64, 1);

  private static List<Contender> of(int loops, IoModel... models) {
    return Lineup.of(List.of(models), List.of("java", "Main"), WORKLOAD, loops);
  }

  @Test
  void eachServesOnLoopbackOnAPortOfTheSystemsChoice() {
    assertThat(of(1, IoModel.EPOLL).getFirst().command())
        .containsExactly(
            "java",
            "Main",
            "serve",
            "echo",
            "--model",
            "epoll",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-console");
  }

  @Test
  void aModelNamedTwiceHasTwoNames() {
    assertThat(of(1, IoModel.EPOLL, IoModel.NIO, IoModel.EPOLL))
        .extracting(Contender::name)
        .containsExactly("epoll", "nio", "epoll (2)");
  }

  @Test
  void aPoolHasAThreadForEachConnectionAndSaysSo() {
    Contender pool = of(2, IoModel.POOL).getFirst();
    assertThat(pool.command()).containsSequence("--workers", "100").doesNotContain("--loops");
    assertThat(pool.notes()).singleElement().asString().contains("--workers 100");
  }

  @Test
  void processesAreFewAndSaySo() {
    Contender process = of(1, IoModel.PROCESS).getFirst();
    assertThat(process.command()).containsSequence("--workers", "" + Lineup.PROCESS_LIMIT);
    assertThat(process.connectionLimit()).isEqualTo(Lineup.PROCESS_LIMIT);
    assertThat(process.notes()).anyMatch(note -> note.startsWith("cut to 20 of 100 connections"));
    assertThat(new Lane(process, WORKLOAD).workload().connections()).isEqualTo(20);
  }

  @Test
  void theSameReplyIsAskedForOfEach() {
    Workload same = new Workload("echo", 100, 64, 1, null, null, Workload.SAME);
    assertThat(Lineup.of(List.of(IoModel.NIO), List.of("java"), same, 1).getFirst().command())
        .containsSequence("--reply", "same");
  }

  @Test
  void loopsAreForModelsThatHaveThem() {
    assertThat(of(2, IoModel.EPOLL).getFirst().command()).containsSequence("--loops", "2");
  }

  @Test
  void onlySelectIsLimited() {
    assertThat(of(1, IoModel.SELECT, IoModel.POLL))
        .extracting(Contender::descriptorLimit)
        .containsExactly(1024, 0);
  }

  @Test
  void threadsAreAsManyAsTheMachineIsSetFor() {
    int most = ThreadLimit.ofThisMachine();
    assumeTrue(most > 0);
    Workload crowd = new Workload("echo", LoadPlan.CONNECTIONS_LIMIT, 64, 1);
    List<Contender> contenders =
        Lineup.of(List.of(IoModel.THREAD, IoModel.POOL, IoModel.NIO), List.of("java"), crowd, 1);
    assertThat(contenders).extracting(Contender::connectionLimit).containsExactly(most, most, 0);
    assertThat(contenders.getFirst().notes())
        .singleElement()
        .asString()
        .startsWith("cut to " + most + " of 1000000 connections");
    assertThat(contenders.get(1).command()).containsSequence("--workers", "" + most);
  }
}
