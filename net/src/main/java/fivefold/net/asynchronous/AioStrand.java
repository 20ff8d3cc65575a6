package fivefold.net.asynchronous;

import fivefold.net.loop.Scratch;
import fivefold.net.loop.Strand;
import fivefold.net.loop.Timer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection, one at a time: a completion's on the thread that brings it, those
 * that others ask for on a thread of their own.
 */
final class AioStrand implements Strand {
  private static final System.Logger LOG = System.getLogger("fivefold.net.asynchronous");

  /** Then the thread is given back, so that a busy connection does not keep it to itself. */
  private static final int TASKS_PER_RUN = 64;

  private final AioThreads threads;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final ArrayDeque<Runnable> deferred = new ArrayDeque<>(2);

  AioStrand(AioThreads threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (waiting.getAndIncrement() == 0) {
      runElsewhere();
    }
  }

  private void runElsewhere() {
    try {
      threads.others().execute(this::runQueued);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "the server has ended; a connection's task is dropped");
    }
  }

  /**
   * On a thread of the group, for a completion: at once, or at the end of the turn if it has come
   * within one; or if another thread is at it, that one runs this too. Nothing is allocated unless
   * there is another thread.
   */
  void complete(Runnable task) {
    AioStrand running = AioThread.current().running();
    if (equals(running)) {
      deferred.add(task);
    } else if (running != null) {
      // Within the turn of another connection, whose buffers are in use.
      execute(task);
    } else if (waiting.compareAndSet(0, 1)) {
      run(task);
    } else {
      tasks.add(task);
      if (waiting.getAndIncrement() == 0) {
        runQueued();
      }
    }
  }

  private void runQueued() {
    run(tasks.poll());
  }

  private void run(@Nullable Runnable first) {
    AioThread thread = AioThread.current();
    thread.setRunning(this);
    int done = 0;
    for (Runnable task = first; task != null; task = done < TASKS_PER_RUN ? tasks.poll() : null) {
      done++;
      guarded(task);
      for (Runnable next = deferred.poll(); next != null; next = deferred.poll()) {
        guarded(next);
      }
    }
    thread.setRunning(null);
    // A task is counted after it was added, so this may be below zero for a moment.
    if (waiting.addAndGet(-done) > 0) {
      runElsewhere();
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.ERROR, "a task of a connection failed", e);
    }
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() instanceof AioThread thread && equals(thread.running());
  }

  @Override
  public Scratch scratch() {
    return AioThread.current().scratch();
  }

  @Override
  public long nowNanos() {
    return System.nanoTime();
  }

  @Override
  public void defer(Runnable endOfTurn) {
    deferred.add(endOfTurn);
  }

  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    try {
      Future<?> future =
          threads.others().schedule(() -> execute(task), delayNanos, TimeUnit.NANOSECONDS);
      return Timer.keptBy(() -> future.cancel(false));
    } catch (RejectedExecutionException e) {
      // The server has ended, and this connection with it.
      return Timer.keptBy(() -> {});
    }
  }

  @Override
  public void cancel(Timer timer) {
    timer.cancelWhereKept();
  }
}
