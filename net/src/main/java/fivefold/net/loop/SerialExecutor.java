package fivefold.net.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs tasks on the threads of another executor, one at a time and in the order they came. */
public final class SerialExecutor implements Executor {
  /** Then the thread is given back once, so that a busy queue does not keep it to itself. */
  private static final int TASKS_PER_RUN = 64;

  private static final System.Logger LOG = System.getLogger("fivefold.net.loop");

  private final Executor threads;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean running = new AtomicBoolean();

  public SerialExecutor(Executor threads) {
    this.threads = threads;
  }

  /**
   * Queues the task.
   *
   * @throws OutOfMemoryError when the system gives no thread to run it; it stays in the queue, and
   *     runs before the next one
   */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    startUnlessRunning();
  }

  private void startUnlessRunning() {
    if (!tasks.isEmpty() && running.compareAndSet(false, true)) {
      start();
    }
  }

  private void start() {
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException e) {
      tasks.clear();
      running.set(false);
      LOG.log(System.Logger.Level.DEBUG, "the server has ended; a connection's task is dropped");
    } catch (RuntimeException | Error e) {
      running.set(false);
      throw e;
    }
  }

  private void run() {
    for (int done = 0; done < TASKS_PER_RUN; done++) {
      Runnable task = tasks.poll();
      if (task == null) {
        running.set(false);
        // What came between the last look and this.
        startUnlessRunning();
        return;
      }
      try {
        task.run();
      } catch (Throwable e) {
        LOG.log(System.Logger.Level.ERROR, "a task of a connection failed", e);
      }
    }
    start();
  }
}
