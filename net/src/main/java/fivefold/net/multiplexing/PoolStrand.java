package fivefold.net.multiplexing;

import fivefold.net.loop.EventHandler;
import fivefold.net.loop.EventLoop;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Scratch;
import fivefold.net.loop.SerialExecutor;
import fivefold.net.loop.Timer;
import fivefold.net.loop.WatchingStrand;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one connection, on whichever worker is free, one at a time.
 *
 * <p>The loop's poller is one-shot: an event disarms the descriptor, the loop puts the work into
 * this queue, and only when a worker has done it is the descriptor armed again ({@link #update}).
 * Without that, two wake-ups for the same bytes would give two workers the same connection.
 */
final class PoolStrand implements WatchingStrand {
  private static final System.Logger LOG = System.getLogger("fivefold.net.multiplexing");

  private final EventLoop loop;
  private final SerialExecutor serial;
  private final ArrayDeque<Runnable> deferred = new ArrayDeque<>(2);
  private @Nullable HandOff handOff;

  PoolStrand(EventLoop loop, Executor pool) {
    this.loop = loop;
    this.serial = new SerialExecutor(pool);
  }

  @Override
  public void execute(Runnable task) {
    serial.execute(() -> run(task));
  }

  /** A turn: the task, and what was put off to its end. */
  private void run(Runnable task) {
    PoolStrands.Worker worker = (PoolStrands.Worker) Thread.currentThread();
    worker.running = this;
    try {
      task.run();
      for (Runnable next = deferred.poll(); next != null; next = deferred.poll()) {
        next.run();
      }
    } finally {
      worker.running = null;
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
  public Timer schedule(long delayNanos, Runnable task) {
    return loop.schedule(delayNanos, () -> execute(task));
  }

  @Override
  public void cancel(Timer timer) {
    loop.cancel(timer);
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
      execute(() -> added.handler().offLoop(e));
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
        handler.offLoop(e);
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
