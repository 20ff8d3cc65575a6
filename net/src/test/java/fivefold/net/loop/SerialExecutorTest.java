package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class SerialExecutorTest {
  private final List<String> ran = new ArrayList<>();

  @RepeatedTest(5)
  void oneAtATimeInOrderOnManyThreads() throws Exception {
    int posters = 4;
    int each = 20_000;
    List<ArrayList<Integer>> ranOf =
        IntStream.range(0, posters).mapToObj(i -> new ArrayList<Integer>()).toList();
    AtomicBoolean busy = new AtomicBoolean();
    AtomicInteger overlaps = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      SerialExecutor serial = new SerialExecutor(threads);
      CountDownLatch finished = new CountDownLatch(posters);
      for (int i = 0; i < posters; i++) {
        List<Integer> mine = ranOf.get(i);
        Thread.ofPlatform()
            .start(() -> {
              for (int n = 0; n < each; n++) {
                int number = n;
                serial.execute(() -> {
                  if (!busy.compareAndSet(false, true)) {
                    overlaps.incrementAndGet();
                  }
                  mine.add(number);
                  busy.set(false);
                });
              }
              serial.execute(finished::countDown);
            });
      }
      finished.await();
    }
    assertThat(overlaps).hasValue(0);
    List<Integer> all = IntStream.range(0, each).boxed().toList();
    assertThat(ranOf).allSatisfy(mine -> assertThat(mine).isEqualTo(all));
  }

  @Test
  void aTaskThatThrowsHarmsNoOther() {
    SerialExecutor serial = new SerialExecutor(Runnable::run);
    serial.execute(() -> {
      throw new AssertionError("planted");
    });
    serial.execute(() -> ran.add("next"));
    assertThat(ran).containsExactly("next");
  }

  @Test
  void aBusyQueueGivesItsThreadBack() {
    Deque<Runnable> runs = new ArrayDeque<>();
    SerialExecutor serial = new SerialExecutor(runs::add);
    for (int i = 0; i < 100; i++) {
      serial.execute(() -> ran.add("task"));
    }
    assertThat(runs).as("one run for all").hasSize(1);
    runs.pop().run();
    assertThat(ran).hasSizeLessThan(100);
    assertThat(runs).as("queued behind the others").hasSize(1);
    runs.pop().run();
    assertThat(ran).hasSize(100);
    assertThat(runs).isEmpty();
  }

  @Test
  void afterTheEndOfItsThreadsTasksAreDropped() {
    SerialExecutor serial =
        new SerialExecutor(run -> {
          throw new RejectedExecutionException("ended");
        });
    assertThatCode(() -> serial.execute(() -> ran.add("task"))).doesNotThrowAnyException();
    assertThat(ran).isEmpty();
  }

  /** No thread to be had, for a moment: the next task must find the executor in order. */
  @Test
  void goesOnWhenAThreadCouldNotBeHad() {
    AtomicBoolean exhausted = new AtomicBoolean(true);
    Executor threads =
        run -> {
          if (exhausted.get()) {
            throw new OutOfMemoryError("planted: unable to create native thread");
          }
          run.run();
        };
    SerialExecutor serial = new SerialExecutor(threads);
    assertThatThrownBy(() -> serial.execute(() -> ran.add("first")))
        .isInstanceOf(OutOfMemoryError.class);

    exhausted.set(false);
    serial.execute(() -> ran.add("second"));

    assertThat(ran).as("nothing is lost").containsExactly("first", "second");
  }
}
