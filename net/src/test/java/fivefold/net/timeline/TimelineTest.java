package fivefold.net.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TimelineTest {
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @EnumSource(
      value = IoModel.class,
      names = {
        "THREAD",
        "VIRTUAL",
        "NONBLOCKING",
        "EPOLL",
        "EPOLL_POOL",
        "NIO",
        "SIGNAL",
        "IO_URING",
        "AIO"
      })
  void keepsWhatEachModelDoes(IoModel model) throws Exception {
    assumeTrue(model.availability().isAvailable(), model + " is not available here");
    Timeline timeline = new Timeline(10_000);
    serve(model, timeline);

    List<StageTime> times = timeline.times();
    Set<Stage> seen = EnumSet.noneOf(Stage.class);
    times.forEach(time -> seen.add(time.stage()));
    assertThat(seen).containsAll(expected(model.family(), model));
    assertThat(timeline.forgotten()).isZero();
    Map<Thread, List<StageTime>> threads =
        times.stream().collect(Collectors.groupingBy(StageTime::thread));
    threads.values().forEach(TimelineTest::assertNested);
  }

  /** What the model's threads do themselves: on io_uring the kernel reads and writes. */
  private static Set<Stage> expected(IoModel.Family family, IoModel model) {
    if (model == IoModel.AIO) {
      return Set.of(Stage.HANDLE);
    }
    return switch (family) {
      case BLOCKING -> Set.of(Stage.ACCEPT, Stage.READ, Stage.HANDLE, Stage.WRITE);
      case ASYNCHRONOUS -> Set.of(Stage.WAIT, Stage.HANDLE);
      default -> Set.of(Stage.WAIT, Stage.ACCEPT, Stage.READ, Stage.HANDLE, Stage.WRITE);
    };
  }

  private static void serve(IoModel model, Timeline timeline) throws IOException {
    try (Server server =
        Server.tcp(0, () -> Connection::send).model(model).probe(timeline).start()) {
      for (int i = 0; i < 3; i++) {
        try (Socket client = new Socket()) {
          client.connect((InetSocketAddress) server.address());
          client.getOutputStream().write(HELLO);
          assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
      }
    }
  }

  /** On one thread each is over before the next begins, or lies within the one before. */
  private static void assertNested(List<StageTime> times) {
    List<StageTime> sorted = new ArrayList<>(times);
    sorted.sort(
        Comparator.comparingLong(StageTime::fromNanos)
            .thenComparing(Comparator.comparingLong(StageTime::toNanos).reversed()));
    Deque<StageTime> open = new ArrayDeque<>();
    for (StageTime time : sorted) {
      while (!open.isEmpty() && open.peek().toNanos() <= time.fromNanos()) {
        open.pop();
      }
      if (!open.isEmpty()) {
        assertThat(time.toNanos()).isLessThanOrEqualTo(open.peek().toNanos());
      }
      open.push(time);
    }
  }

  @Test
  void keepsTheLastOnes() {
    Timeline timeline = new Timeline(3);
    for (int i = 0; i < 5; i++) {
      timeline.begin(Stage.READ).end(i);
    }
    assertThat(timeline.times()).extracting(StageTime::amount).containsExactly(2L, 3L, 4L);
    assertThat(timeline.forgotten()).isEqualTo(2);
  }

  @Test
  void isWrittenBySeveralThreads() throws InterruptedException {
    Timeline timeline = new Timeline(4_000);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int amount = i;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int j = 0; j < 1_000; j++) {
                  timeline.begin(Stage.TASK).end(amount);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(timeline.times()).hasSize(4_000);
    assertThat(timeline.times())
        .allSatisfy(time -> assertThat(time.thread()).isEqualTo(threads.get((int) time.amount())));
  }

  @Test
  void refusesASizeItCannotHave() {
    assertThatThrownBy(() -> new Timeline(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity is 0; expected 1 to 16777216 stages");
  }
}
