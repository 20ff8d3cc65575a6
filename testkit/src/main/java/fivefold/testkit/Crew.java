package fivefold.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads of a test. Closing waits for them, so that none outlives it and what one of them threw is
 * the test's failure.
 */
public final class Crew implements AutoCloseable {
  private final List<FutureTask<?>> tasks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Work that may throw. */
  public interface Work {
    void run() throws Exception;
  }

  public void start(Work work) {
    FutureTask<Boolean> task =
        new FutureTask<>(() -> {
          work.run();
          return true;
        });
    tasks.add(task);
    threads.add(Thread.ofPlatform().name("crew-" + threads.size()).daemon().start(task));
  }

  /** Waits until all work is done. */
  public void join() throws Exception {
    for (FutureTask<?> task : tasks) {
      try {
        task.get(3 * Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new AssertionError("a thread of the test failed: " + e.getCause(), e.getCause());
      } catch (TimeoutException e) {
        throw new AssertionError("a thread of the test does not end", e);
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public void close() throws Exception {
    join();
  }
}
