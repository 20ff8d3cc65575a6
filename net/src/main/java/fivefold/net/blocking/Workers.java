package fivefold.net.blocking;

import fivefold.net.ServerListener;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Who serves the connections: what the blocking models differ in.
 *
 * @param servers runs a connection from its opening to its end
 * @param others runs what comes from elsewhere while the connection's own thread waits in read: the
 *     sending for other threads, and timers
 * @param threads makes the acceptor's thread
 */
record Workers(ExecutorService servers, ExecutorService others, ThreadFactory threads) {
  private static final long END_SECONDS = 2;

  /** A platform thread for each connection. */
  static Workers platform() {
    ThreadFactory threads = Thread.ofPlatform().daemon().name("fivefold-thread-", 0).factory();
    return new Workers(Executors.newThreadPerTaskExecutor(threads), newOthers(), threads);
  }

  /** A virtual thread for each connection. */
  static Workers virtual() {
    ThreadFactory threads = Thread.ofVirtual().name("fivefold-virtual-", 0).factory();
    return new Workers(
        Executors.newThreadPerTaskExecutor(threads),
        Executors.newThreadPerTaskExecutor(threads),
        threads);
  }

  /** A fixed number of platform threads; connections beyond wait for one to end. */
  static Workers pool(int count, ServerListener listener) {
    ThreadFactory threads = Thread.ofPlatform().daemon().name("fivefold-pool-", 0).factory();
    return new Workers(new FullPoolWarning(count, threads, listener), newOthers(), threads);
  }

  private static ExecutorService newOthers() {
    return Executors.newCachedThreadPool(
        Thread.ofPlatform().daemon().name("fivefold-writer-", 0).factory());
  }

  /** Interrupts what is left and waits for it; false when something does not end. */
  boolean terminate() {
    servers.shutdownNow();
    others.shutdownNow();
    try {
      return servers.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
          && others.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A fixed pool that tells an operator when its threads are all taken. */
  private static final class FullPoolWarning extends ThreadPoolExecutor {
    private final ServerListener listener;
    private boolean warned;

    FullPoolWarning(int count, ThreadFactory threads, ServerListener listener) {
      super(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
      this.listener = listener;
    }

    @Override
    public void execute(Runnable connection) {
      super.execute(connection);
      warnIfFull();
    }

    /** Again here: when connections come at once, all are queued before the last thread is busy. */
    @Override
    protected void beforeExecute(Thread worker, Runnable connection) {
      warnIfFull();
    }

    private void warnIfFull() {
      boolean waits = !getQueue().isEmpty() && getActiveCount() >= getMaximumPoolSize();
      if (waits && firstTime()) {
        listener.warned(
            "all "
                + getMaximumPoolSize()
                + " threads of the pool are taken; connections wait until one ends (more threads:"
                + " --workers)");
      }
    }

    private synchronized boolean firstTime() {
      boolean first = !warned;
      warned = true;
      return first;
    }

    @Override
    protected synchronized void afterExecute(Runnable connection, Throwable error) {
      // Once the queue has emptied the next wait is news again.
      if (getQueue().isEmpty()) {
        warned = false;
      }
    }
  }
}
