package fivefold.net.multiplexing;

import fivefold.net.loop.EventHandler;
import fivefold.net.loop.EventLoop;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Scratch;
import fivefold.net.loop.Strand;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection, on whichever worker is free, one at a time.
 *
 * <p>The loop's poller is one-shot: an event disarms the descriptor, the loop puts the work into
 * this queue, and only when a worker has done it is the descriptor armed again ({@link #update}).
 * Without that, two wake-ups for the same bytes would give two workers the same connection.
 */
final class PoolStrand implements Strand {
  /** Then another strand's turn, so that a busy connection does not keep a worker to itself. */
  private static final int TASKS_PER_TURN = 64;

  private static final System.Logger LOG = System.getLogger("fivefold.net.multiplexing");

  private final EventLoop loop;
  private final Executor pool;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger queued = new AtomicInteger();
  private final ArrayDeque<Runnable> deferred = new ArrayDeque<>(2);
  private @Nullable HandOff handOff;

  PoolStrand(EventLoop loop, Executor pool) {
    this.loop = loop;
    this.pool = pool;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    // Whoever makes it one starts the run; the run goes on until it has counted down to none.
    if (queued.getAndIncrement() == 0) {
      start();
    }
  }

  private void start() {
    try {
      pool.execute(this::run);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "work for a connection of a server that has ended is dropped");
    }
  }

  private void run() {
    PoolStrands.Worker worker = (PoolStrands.Worker) Thread.currentThread();
    worker.running = this;
    int done = 0;
    while (done < TASKS_PER_TURN) {
      Runnable task = tasks.poll();
      if (task == null) {
        break;
      }
      done++;
      guarded(task);
    }
    for (Runnable task = deferred.poll(); task != null; task = deferred.poll()) {
      guarded(task);
    }
    worker.running = null;
    if (queued.addAndGet(-done) > 0) {
      start();
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "a task of a connection failed", e);
    }
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() instanceof PoolStrands.Worker worker && worker.running == this;
  }

  @Override
  public Scratch scratch() {
    return ((PoolStrands.Worker) Thread.currentThread()).scratch;
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
  public void schedule(long delayNanos, Runnable task) {
    loop.schedule(delayNanos, () -> execute(task));
  }

  @Override
  public void watch(EventHandler handler) {
    HandOff added = new HandOff(handler, this);
    handOff = added;
    // The poller's table belongs to the loop.
    loop.execute(() -> watchOnLoop(added));
  }

  private void watchOnLoop(HandOff added) {
    try {
      loop.add(added);
      added.setRegistration(loop.poller().find(added.descriptor()));
      // What it wants may have changed while this was on its way.
      execute(() -> update(added.handler()));
    } catch (IOException e) {
      LOG.log(Level.ERROR, "cannot watch " + added.handler(), e);
      execute(added::hangupNow);
    }
  }

  /**
   * Arms the descriptor again; epoll_ctl may be called while another thread waits (epoll_wait(2)).
   */
  @Override
  public void update(EventHandler handler) {
    HandOff current = handOff;
    Registration registration = current == null ? null : current.registration();
    if (current != null && registration != null) {
      try {
        loop.poller().modify(registration, current.wanted());
      } catch (IOException e) {
        LOG.log(Level.ERROR, "cannot arm " + handler, e);
      }
    }
  }

  @Override
  public void unwatch(EventHandler handler, Runnable then) {
    HandOff current = handOff;
    handOff = null;
    loop.execute(() -> {
      if (current != null) {
        loop.remove(current);
      }
      then.run();
    });
  }
}
