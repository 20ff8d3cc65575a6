package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.fixture.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimerWheelTest {
  /** A timer may be so late; see the wheel. */
  private static final Duration TICK = Duration.ofNanos(1 << 23);

  /** 512 ticks. */
  private static final Duration TURN = TICK.multipliedBy(512);

  private final ManualClock clock = new ManualClock();
  private final TimerWheel wheel = new TimerWheel(clock.getAsLong(), Runnable::run);
  private final List<String> ran = new ArrayList<>();

  private Timer in(Duration delay, Runnable task) {
    Timer timer = new Timer(task, clock.getAsLong() + delay.toNanos());
    wheel.add(timer);
    return timer;
  }

  private Timer in(Duration delay, String name) {
    return in(delay, () -> ran.add(name));
  }

  private void pass(Duration time) {
    clock.advance(time);
    wheel.advance(clock.getAsLong());
  }

  @Test
  void runsWithinATickAfterItsTimeAndNeverBefore() {
    in(Duration.ofMillis(100), "timer");

    pass(Duration.ofMillis(100).minusNanos(1));
    assertThat(ran).isEmpty();
    pass(TICK.plusNanos(1));
    assertThat(ran).containsExactly("timer");
    pass(TURN.multipliedBy(2));
    assertThat(ran).as("once").containsExactly("timer");
  }

  @Test
  void nothingToWaitForWithoutTimers() {
    assertThat(wheel.nextDelayNanos(clock.getAsLong())).isNegative();
    Timer timer = in(Duration.ofSeconds(1), "timer");
    wheel.cancel(timer);
    assertThat(wheel.nextDelayNanos(clock.getAsLong())).isNegative();
    assertThat(wheel.size()).isZero();
  }

  @Test
  void waitingAsToldRunsATimerOfManyTurnsInFewWaits() {
    in(TURN.multipliedBy(5), "far");

    int waits = 0;
    while (ran.isEmpty()) {
      pass(Duration.ofNanos(wheel.nextDelayNanos(clock.getAsLong())));
      waits++;
      assertThat(waits).as("a loop that spins").isLessThan(8);
    }
  }

  @Test
  void timersOfOneSlotInDifferentTurnsDoNotMeet() {
    Duration delay = Duration.ofSeconds(1);
    in(delay.plus(TURN.multipliedBy(2)), "third");
    in(delay, "first");
    in(delay.plus(TURN), "second");

    pass(delay.plus(TICK));
    assertThat(ran).containsExactly("first");
    pass(TURN);
    assertThat(ran).containsExactly("first", "second");
    pass(TURN);
    assertThat(ran).containsExactly("first", "second", "third");
  }

  @Test
  void afterALongPauseAllThatIsDueRuns() {
    for (int i = 0; i < 2000; i++) {
      in(Duration.ofMillis(5L * i), "due");
    }
    in(Duration.ofDays(2), "not due");

    pass(Duration.ofDays(1));

    assertThat(ran).hasSize(2000).containsOnly("due");
  }

  @Test
  void aTimerOfTheEndOfTimeNeverRuns() {
    wheel.add(new Timer(() -> ran.add("never"), clock.getAsLong() + Long.MAX_VALUE));
    in(Duration.ofDays(300), "later");

    for (int day = 0; day < 301; day++) {
      pass(Duration.ofDays(1));
    }

    assertThat(ran).containsExactly("later");
  }

  @Test
  void aTimerOfThePastRunsAtTheNextTick() {
    in(Duration.ofSeconds(-10), "late");

    pass(TICK.multipliedBy(2));

    assertThat(ran).containsExactly("late");
  }

  @Test
  void aTaskMayCancelTheOneBeforeOrBehindItAndItself() {
    List<Timer> timers = new ArrayList<>();
    Duration delay = Duration.ofMillis(50);
    // All in one slot, whatever their order in it.
    for (int i = 0; i < 3; i++) {
      int self = i;
      timers.add(
          in(
              delay,
              () -> {
                ran.add("task");
                for (int other = 0; other < 3; other++) {
                  if (other != self) {
                    wheel.cancel(timers.get(other));
                  }
                }
                wheel.cancel(timers.get(self));
              }));
    }

    pass(delay.plus(TICK));

    assertThat(ran).as("the first cancels the others").containsExactly("task");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aTaskMayCancelOnlyItsNeighbour() {
    Duration delay = Duration.ofMillis(50);
    List<Timer> timers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String name = "timer " + i;
      timers.add(
          in(
              delay,
              () -> {
                ran.add(name);
                if (ran.size() == 1) {
                  wheel.cancel(timers.get(1));
                  wheel.cancel(timers.get(2));
                }
              }));
    }

    pass(delay.plus(TICK));

    assertThat(ran).containsExactlyInAnyOrder("timer 0", "timer 3");
  }

  @Test
  void aTaskMayAddToItsOwnSlotAndTurn() {
    Duration delay = Duration.ofMillis(50);
    in(
        delay,
        () -> {
          in(Duration.ZERO, "at once");
          in(TURN, "same slot, next turn");
        });

    pass(delay.plus(TICK));
    assertThat(ran).isEmpty();
    pass(TICK.multipliedBy(2));
    assertThat(ran).containsExactly("at once");
    pass(TURN);
    assertThat(ran).containsExactly("at once", "same slot, next turn");
  }

  @Test
  void cancelledOnItsWayIsNotAdded() {
    Timer timer = new Timer(() -> ran.add("cancelled"), clock.getAsLong());
    wheel.cancel(timer);
    wheel.add(timer);

    assertThat(wheel.size()).isZero();
    pass(TURN);
    assertThat(ran).isEmpty();
  }

  /** One timer of the model. */
  private static final class Expected {
    final long deadlineNanos;
    Timer timer;
    boolean ran;
    boolean cancelled;

    Expected(long deadlineNanos) {
      this.deadlineNanos = deadlineNanos;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
  void doesWhatAPriorityQueueDoesToTheTick(long seed) {
    Random random = new Random(seed);
    PriorityQueue<Expected> queue =
        new PriorityQueue<>(
            Comparator.comparingLong(each -> each.deadlineNanos - clock.getAsLong()));
    List<Expected> cancellable = new ArrayList<>();
    for (int step = 0; step < 3000; step++) {
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          long delayNanos = randomDelayNanos(random);
          Expected expected = new Expected(clock.getAsLong() + delayNanos);
          expected.timer =
              in(
                  Duration.ofNanos(delayNanos),
                  () -> {
                    assertThat(expected.ran).as("ran twice").isFalse();
                    assertThat(expected.cancelled).as("ran though cancelled").isFalse();
                    assertThat(expected.deadlineNanos - clock.getAsLong()).isNotPositive();
                    expected.ran = true;
                  });
          queue.add(expected);
          cancellable.add(expected);
        }
        case 2 -> {
          if (!cancellable.isEmpty()) {
            Expected one = cancellable.remove(random.nextInt(cancellable.size()));
            wheel.cancel(one.timer);
            one.cancelled = true;
            queue.remove(one);
          }
        }
        default -> {
          pass(
              Duration.ofNanos(
                  random.nextInt(50) == 0 ? TURN.toNanos() * 2 : randomDelayNanos(random)));
          long certainNanos = clock.getAsLong() - TICK.toNanos();
          while (!queue.isEmpty() && queue.peek().deadlineNanos - certainNanos <= 0) {
            assertThat(queue.poll().ran).as("late by more than a tick").isTrue();
          }
          queue.removeIf(each -> each.ran);
          assertThat(wheel.size()).isEqualTo(queue.size());
        }
      }
      long delayNanos = wheel.nextDelayNanos(clock.getAsLong());
      if (queue.isEmpty()) {
        assertThat(delayNanos).isNegative();
      } else {
        long leftNanos = queue.peek().deadlineNanos - clock.getAsLong();
        assertThat(delayNanos).isBetween(0L, Math.max(0, leftNanos) + TICK.toNanos());
      }
    }
  }

  private static long randomDelayNanos(Random random) {
    // Of every order of magnitude, from nanoseconds to minutes.
    return random.nextLong(1L << random.nextInt(1, 38));
  }
}
