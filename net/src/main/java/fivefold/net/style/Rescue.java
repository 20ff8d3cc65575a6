package fivefold.net.style;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs what a loop does not come to run.
 *
 * <p>A loop that blocks on a lock may be waiting for one of its own conversations: that has been
 * chosen as the lock's next owner and must run to let it go, while the loop stands in line behind
 * it. So a conversation that has been due for longer than any turn should take is run by another
 * thread, until it next needs its connection.
 */
final class Rescue {
  private static final long PATIENCE_NANOS = 200_000_000;
  private static final long LOOK_EVERY_NANOS = 50_000_000;

  private static final Queue<Due> WAITING = new ConcurrentLinkedQueue<>();
  private static final AtomicBoolean ASLEEP = new AtomicBoolean();

  /** For a conversation whose connection has closed, too: no loop is its home any more. */
  private static final ExecutorService ELSEWHERE =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("fivefold-conversation-", 0).factory());

  private static final Thread WATCH =
      Thread.ofPlatform().daemon().name("fivefold-rescue").start(Rescue::watch);

  private Rescue() {}

  /** Looks after something that was made due. */
  static void expect(Due due) {
    WAITING.add(due);
    if (ASLEEP.get() && ASLEEP.compareAndSet(true, false)) {
      LockSupport.unpark(WATCH);
    }
  }

  static void runElsewhere(Runnable task) {
    ELSEWHERE.execute(task);
  }

  private static void watch() {
    while (true) {
      if (WAITING.isEmpty()) {
        ASLEEP.set(true);
        if (WAITING.isEmpty()) {
          LockSupport.park(WAITING);
        }
        ASLEEP.set(false);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      look();
    }
  }

  private static void look() {
    long nowNanos = System.nanoTime();
    for (Iterator<Due> all = WAITING.iterator(); all.hasNext(); ) {
      Due due = all.next();
      if (due.get()) {
        all.remove();
      } else if (nowNanos - due.sinceNanos > PATIENCE_NANOS) {
        all.remove();
        if (due.take()) {
          runElsewhere(() -> due.conversation.runAway(due.task));
        }
      }
    }
  }
}
