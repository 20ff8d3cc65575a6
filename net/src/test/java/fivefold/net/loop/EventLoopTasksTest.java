package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.fixture.ManualClock;
import fivefold.net.multiplexing.TestPollers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a loop does besides its descriptors: tasks, wake-ups, timers, times. */
@Timeout(60)
final class EventLoopTasksTest {
  private static final Duration TICK = Duration.ofNanos(1 << 23);

  private final ManualClock clock = new ManualClock();
  private final CountingPoller poller = new CountingPoller();
  private final EventLoop loop = EventLoop.over(poller, clock);
  private final List<String> ran = new ArrayList<>();

  static List<Named<PollerFactory>> pollers() {
    return TestPollers.available();
  }

  @Test
  void postsToAWaitingLoopWakeItOnce() {
    poller.whileWaiting =
        () -> {
          for (int i = 0; i < 100; i++) {
            loop.execute(() -> ran.add("task"));
          }
        };
    loop.turn(-1);

    assertThat(poller.wakeups).hasValue(1);
    assertThat(ran).hasSize(100);

    loop.turn(-1);
    assertThat(poller.wakeups).as("and once for the next wait").hasValue(2);
  }

  @Test
  void postsToARunningLoopWakeNobodyAndAreNotWaitedFor() {
    loop.execute(() -> loop.execute(() -> ran.add("second")));
    loop.execute(() -> ran.add("first"));
    loop.turn(-1);
    assertThat(poller.timeoutNanos).as("there was something to do").isZero();
    loop.turn(-1);

    assertThat(poller.wakeups).hasValue(0);
    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void aLoopWithNothingToDoWaitsAsLongAsItTakes() {
    loop.turn(-1);
    assertThat(poller.timeoutNanos).isNegative();
    loop.turn(1_000_000);
    assertThat(poller.timeoutNanos).isEqualTo(1_000_000);
  }

  @Test
  void aFloodOfTasksLetsDescriptorsHaveTheirTurn() {
    AtomicInteger tasks = new AtomicInteger();
    Runnable again =
        new Runnable() {
          @Override
          public void run() {
            tasks.incrementAndGet();
            loop.execute(this);
          }
        };
    loop.execute(again);

    loop.turn(-1);

    assertThat(tasks.get()).isBetween(1, 10_000);
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void eachTaskOfManyThreadsRunsOnceInTheOrderOfItsThread(PollerFactory pollers) throws Exception {
    int threads = 6;
    int each = 5_000;
    List<ArrayList<Integer>> ranOf =
        IntStream.range(0, threads).mapToObj(i -> new ArrayList<Integer>()).toList();
    try (EventLoop real = EventLoop.over(pollers.open())) {
      CountDownLatch finished = new CountDownLatch(threads);
      Thread runner = Thread.ofPlatform().start(real::run);
      for (int i = 0; i < threads; i++) {
        List<Integer> mine = ranOf.get(i);
        Thread.ofPlatform()
            .start(() -> {
              for (int n = 0; n < each; n++) {
                int number = n;
                real.execute(() -> mine.add(number));
              }
              real.execute(finished::countDown);
            });
      }
      finished.await();
      real.stop();
      runner.join();
    }
    List<Integer> all = IntStream.range(0, each).boxed().toList();
    assertThat(ranOf).allSatisfy(mine -> assertThat(mine).isEqualTo(all));
  }

  @Test
  void aTaskThatThrowsHarmsNoOther() {
    loop.execute(() -> {
      throw new AssertionError("planted");
    });
    loop.execute(() -> ran.add("next"));
    loop.execute(() ->
        loop.defer(() -> {
          throw new IllegalStateException("planted");
        }));
    loop.execute(() -> loop.defer(() -> ran.add("deferred")));
    loop.schedule(
        0,
        () -> {
          throw new IllegalStateException("planted");
        });
    loop.schedule(0, () -> ran.add("timer"));

    loop.turn(0);
    clock.advance(TICK.multipliedBy(2));
    loop.turn(0);

    assertThat(ran).containsExactly("next", "deferred", "timer");
  }

  @Test
  void whatIsPutOffRunsAtTheEndOfTheTurn() {
    loop.execute(() ->
        loop.defer(() -> {
          ran.add("deferred");
          loop.defer(() -> ran.add("deferred by it"));
        }));
    loop.execute(() -> ran.add("task"));

    loop.turn(0);

    assertThat(ran).containsExactly("task", "deferred", "deferred by it");
  }

  @Test
  void timersRunInTimeAndNeverEarly() {
    loop.schedule(Duration.ofMillis(50).toNanos(), () -> ran.add("timer"));
    loop.turn(-1);
    loop.turn(-1);
    assertThat(poller.timeoutNanos)
        .as("told to wait for it")
        .isBetween(Duration.ofMillis(50).toNanos(), Duration.ofMillis(50).plus(TICK).toNanos());

    clock.advance(Duration.ofMillis(50).minusNanos(1));
    loop.turn(0);
    assertThat(ran).isEmpty();
    clock.advance(TICK.plusNanos(1));
    loop.turn(0);
    assertThat(ran).containsExactly("timer");
  }

  @Test
  void aCancelledTimerDoesNotRunWhoeverCancelsIt() throws Exception {
    Timer here = loop.schedule(1, () -> ran.add("cancelled before the loop saw it"));
    loop.cancel(here);
    Timer there = loop.schedule(1, () -> ran.add("cancelled by another thread"));
    loop.turn(0);
    Thread other = Thread.ofPlatform().start(() -> loop.cancel(there));
    other.join();
    Timer late = loop.schedule(1, () -> ran.add("runs"));
    loop.turn(0);
    clock.advance(TICK.multipliedBy(2));
    loop.turn(0);
    loop.cancel(late);
    loop.turn(0);

    assertThat(ran).containsExactly("runs");
    assertThat(loop.timerCount()).isZero();
  }

  @Test
  void runEndsWhenStoppedAndRunsWhatWasPostedBefore() {
    for (int i = 0; i < 5_000; i++) {
      loop.execute(() -> ran.add("task"));
    }
    loop.stop();
    loop.execute(() -> ran.add("after the stop"));

    loop.run();

    assertThat(ran).filteredOn("task"::equals).hasSize(5_000);
    assertThat(loop.isCurrent()).isFalse();
    loop.close();
    assertThat(poller.closed).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void stopEndsAWaitForEver(PollerFactory pollers) throws Exception {
    try (EventLoop real = EventLoop.over(pollers.open())) {
      Thread runner = Thread.ofPlatform().start(real::run);
      real.stop();
      assertThat(runner.join(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void knowsItsOwnThreadAndItsTime() {
    assertThat(loop.isCurrent()).isFalse();
    loop.execute(() -> {
      ran.add("current " + loop.isCurrent());
      long turn = loop.nowNanos();
      clock.advance(Duration.ofSeconds(1));
      ran.add("same " + (loop.nowNanos() == turn));
    });

    loop.turn(0);

    assertThat(ran).containsExactly("current true", "same true");
    assertThat(loop.nowNanos()).as("from outside, the clock's").isEqualTo(clock.getAsLong());
  }

  @Test
  void tellsWhereItsTimeWent() {
    assertThat(loop.times()).isEqualTo(new LoopTimes(0, 0, 0));
    poller.whileWaiting = () -> clock.advance(Duration.ofMillis(200));
    loop.execute(() -> clock.advance(Duration.ofMillis(50)));
    loop.turn(-1);
    loop.turn(-1);

    LoopTimes times = loop.times();
    assertThat(times.turns()).isEqualTo(2);
    assertThat(times.waitNanos()).isEqualTo(Duration.ofMillis(400).toNanos());
    assertThat(times.workNanos()).isEqualTo(Duration.ofMillis(50).toNanos());
  }

  @Test
  void ofLongWorkOneTaskGoesOnInATurnAndNoWaitIsInBetween() {
    loop.tasks().continueLater(() -> ran.add("a1"));
    loop.tasks()
        .continueLater(() -> {
          ran.add("b1");
          loop.tasks().continueLater(() -> ran.add("b2"));
        });
    loop.execute(() -> ran.add("posted"));
    loop.turn(-1);
    assertThat(ran).containsExactly("a1", "posted");
    loop.turn(-1);
    assertThat(poller.timeoutNanos).isZero();
    assertThat(ran).containsExactly("a1", "posted", "b1");
    loop.turn(-1);
    assertThat(poller.timeoutNanos).isZero();
    assertThat(ran).containsExactly("a1", "posted", "b1", "b2");
  }
}
