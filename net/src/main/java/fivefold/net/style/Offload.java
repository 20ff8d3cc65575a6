package fivefold.net.style;

import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads for what blocks. Not virtual ones: a file or a native call would occupy their
 * carriers just as well, of which there are no more than processors. A conversation waits for one
 * task at a time, so the queue is bounded by the connections.
 */
final class Offload {
  static final int MOST_THREADS = 64;

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          MOST_THREADS,
          MOST_THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().daemon().name("fivefold-offload-", 0).factory());

  static {
    THREADS.allowCoreThreadTimeOut(true);
  }

  private Offload() {}

  static <T extends @Nullable Object> T call(Callable<T> work, @Nullable Deadline deadline)
      throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    THREADS.execute(task);
    try {
      return deadline == null
          ? task.get()
          : task.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      task.cancel(true);
      throw new InterruptedIOException("interrupted while work was offloaded");
    } catch (TimeoutException e) {
      task.cancel(true);
      throw deadline == null
          ? new DeadlineException("offloaded work")
          : new DeadlineException(deadline);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
