package fivefold.net.loop;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread for all loops of the JVM, which looks whether they come round. It is there while a
 * loop is watched.
 */
final class Watchdog {
  private static final System.Logger LOG = System.getLogger("fivefold.net.loop");

  private static final Map<Thread, WatchedLoop> LOOPS = new ConcurrentHashMap<>();

  private static @Nullable Thread watchdog;

  private Watchdog() {}

  /** Watches what this thread runs, until the thread ends. */
  static synchronized void watch(Thread thread, WatchedLoop loop) {
    LOOPS.put(thread, loop);
    if (watchdog == null) {
      watchdog = Thread.ofPlatform().daemon().name("fivefold-watchdog").start(Watchdog::run);
    } else {
      // It may be asleep for longer than this one's limit allows.
      LockSupport.unpark(watchdog);
    }
  }

  private static void run() {
    long beforeNanos = System.nanoTime();
    while (isNeeded()) {
      long everyNanos = everyNanos();
      LockSupport.parkNanos(LOOPS, everyNanos);
      long nowNanos = System.nanoTime();
      long lateNanos = nowNanos - beforeNanos - everyNanos;
      // By more than a look: the collector, a debugger, a suspended machine.
      boolean paused = lateNanos > Math.max(everyNanos, 20_000_000);
      LOOPS.forEach((thread, loop) -> {
        if (paused) {
          loop.forgive(lateNanos);
        }
        look(thread, loop, nowNanos);
      });
      beforeNanos = nowNanos;
    }
  }

  /**
   * Not by a stream: several objects a millisecond would keep the collector of an idle JVM busy.
   */
  private static long everyNanos() {
    long leastNanos = Long.MAX_VALUE;
    for (WatchedLoop loop : LOOPS.values()) {
      leastNanos = Math.min(leastNanos, loop.lookEveryNanos());
    }
    return leastNanos == Long.MAX_VALUE ? 1_000_000 : leastNanos;
  }

  private static void look(Thread thread, WatchedLoop loop, long nowNanos) {
    boolean alive = thread.isAlive();
    try {
      loop.look(nowNanos, alive);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the watchdog could not look at " + thread.getName(), e);
    }
    if (!alive) {
      LOOPS.remove(thread);
    }
  }

  private static synchronized boolean isNeeded() {
    if (LOOPS.isEmpty()) {
      watchdog = null;
      return false;
    }
    return true;
  }
}
