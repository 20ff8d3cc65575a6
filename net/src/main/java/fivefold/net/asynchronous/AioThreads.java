package fivefold.net.asynchronous;

import fivefold.net.loop.Counters;
import java.io.IOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one server: those of the channel group, on which completions come, one for what
 * other threads and timers ask of a connection, and one that accepts.
 */
final class AioThreads {
  private static final long END_SECONDS = 2;

  private final List<AioThread> threads = new ArrayList<>();
  private final AsynchronousChannelGroup group;
  private final ScheduledThreadPoolExecutor others;
  private volatile @Nullable Thread accepting;

  AioThreads(int count) throws IOException {
    others =
        new ScheduledThreadPoolExecutor(
            1, work -> newThread(work, "fivefold-aio-others", AioThread.NEVER_AT_ONCE));
    // What is cancelled, or belongs to a server that stops, is not to be waited for.
    others.setRemoveOnCancelPolicy(true);
    others.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    group = AsynchronousChannelGroup.withFixedThreadPool(count, this::newGroupThread);
  }

  private Thread newGroupThread(Runnable work) {
    return newThread(work, "fivefold-aio", AioThread.AT_ONCE_LIMIT);
  }

  private synchronized AioThread newThread(Runnable work, String name, int atOnceLimit) {
    AioThread thread = new AioThread(work, name + "-" + threads.size(), atOnceLimit);
    threads.add(thread);
    return thread;
  }

  void startAccepting(AioListener listener) {
    Thread thread = newThread(listener, "fivefold-aio-accept", AioThread.NEVER_AT_ONCE);
    accepting = thread;
    thread.start();
  }

  AsynchronousChannelGroup group() {
    return group;
  }

  ScheduledThreadPoolExecutor others() {
    return others;
  }

  synchronized List<Counters> counters() {
    return threads.stream().map(thread -> thread.scratch().counters()).toList();
  }

  boolean isOnOwnThread() {
    return Thread.currentThread() instanceof AioThread thread && isOurs(thread);
  }

  private synchronized boolean isOurs(AioThread thread) {
    return threads.contains(thread);
  }

  void terminate() {
    others.shutdownNow();
    try {
      group.shutdownNow();
      boolean _ = group.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      boolean _ = others.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      Thread acceptor = accepting;
      if (acceptor != null) {
        acceptor.interrupt();
        boolean _ = acceptor.join(Duration.ofSeconds(END_SECONDS));
      }
    } catch (IOException e) {
      // The group is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
