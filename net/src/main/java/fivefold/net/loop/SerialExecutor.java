package fivefold.net.loop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs tasks on the threads of another executor, one at a time and in the order they came. */
public final class SerialExecutor implements Executor {
  /** Then the thread is given back once, so that a busy queue does not keep it to itself. */
  private static final int TASKS_PER_RUN = 64;

  private static final System.Logger LOG = System.getLogger("fivefold.net.loop");

  private final Executor threads;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  public SerialExecutor(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    // Whoever makes it one starts the run; the run goes on until it has counted down to none.
    if (waiting.getAndIncrement() == 0) {
      start();
    }
  }

  private void start() {
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "the server has ended; a connection's task is dropped");
    }
  }

  private void run() {
    int done = 0;
    while (done < TASKS_PER_RUN) {
      Runnable task = tasks.poll();
      if (task == null) {
        break;
      }
      done++;
      try {
        task.run();
      } catch (Throwable e) {
        LOG.log(System.Logger.Level.ERROR, "a task of a connection failed", e);
      }
    }
    if (waiting.addAndGet(-done) > 0) {
      start();
    }
  }
}
