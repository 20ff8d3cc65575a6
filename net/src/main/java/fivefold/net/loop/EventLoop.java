package fivefold.net.loop;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One thread that waits for many descriptors and calls the handler of each that is ready; it also
 * runs posted tasks and timers.
 *
 * <pre>{@code
 * try (EventLoop loop = EventLoop.open()) {
 *   loop.add(new Keyboard());                               // any descriptor
 *   loop.schedule(1_000_000_000L, () -> System.out.println("a second has passed"));
 *   loop.run();                                             // until loop.stop()
 * }
 * }</pre>
 *
 * <p>{@link #execute}, {@link #schedule}, {@link #cancel}, {@link #stop} may be called from any
 * thread, the rest on the thread that runs the loop, or before it runs.
 */
public final class EventLoop implements WatchingStrand, Loop {
  /** The times are a record, so garbage: not made anew each turn, nobody looks that often. */
  private static final long PUBLISH_EVERY_NANOS = 100_000_000;

  private static final System.Logger LOG = System.getLogger("fivefold.net.loop");

  private final Poller poller;
  private final LongSupplier clock;
  private final ReadyList ready = new ReadyList();
  private final LoopTasks tasks;
  private final Scratch scratch = new Scratch();

  private volatile @Nullable Thread thread;
  private volatile boolean stopped;
  private @Nullable Consumer<IOException> onPollerFailure;
  // Then this loop waits by itself, and goes on with its tasks.
  private volatile boolean blind;

  private long nowNanos;
  private volatile LoopTimes times = new LoopTimes(0, 0, 0);
  private long turns;
  private long waitNanos;
  private long workNanos;
  private long publishedNanos;

  private EventLoop(Poller poller, LongSupplier clock) {
    this.poller = poller;
    this.clock = clock;
    this.nowNanos = clock.getAsLong();
    this.tasks = new LoopTasks(nowNanos, this::wakeup);
  }

  /** A loop over the best poller of this machine. */
  public static EventLoop open() throws IOException {
    return over(Poller.best());
  }

  /** A loop over this poller, which it closes in the end. */
  public static EventLoop over(Poller poller) {
    return new EventLoop(poller, System::nanoTime);
  }

  /** The same by another clock, for a simulation. */
  public static EventLoop over(Poller poller, LongSupplier nanoClock) {
    return new EventLoop(poller, nanoClock);
  }

  private void wakeup() {
    if (blind) {
      LockSupport.unpark(thread);
    } else {
      poller.wakeup();
    }
  }

  /**
   * Instead of ending when its poller fails, the loop calls this once, on its thread, and goes on
   * with tasks and timers alone until {@link #stop}: connections can still be closed, and questions
   * answered. To be set before it runs.
   */
  void onPollerFailure(Consumer<IOException> action) {
    onPollerFailure = action;
  }

  public Poller poller() {
    return poller;
  }

  /** Watches the handler's descriptor for what it wants. */
  public void add(EventHandler handler) throws IOException {
    if (blind) {
      throw new IOException("the loop's poller has failed");
    }
    poller.register(handler.descriptor(), wanted(handler), handler);
  }

  /** Ceases to watch it; the descriptor stays open. */
  public void remove(EventHandler handler) {
    Registration registration = poller.find(handler.descriptor());
    if (registration != null && isOf(registration, handler)) {
      poller.unregister(registration);
    }
  }

  /** Asks the handler again what it wants. */
  @Override
  public void update(EventHandler handler) {
    Registration registration = poller.find(handler.descriptor());
    if (registration != null && isOf(registration, handler)) {
      sync(registration, handler);
    }
  }

  @Override
  public void watch(EventHandler handler) throws IOException {
    add(handler);
  }

  @Override
  public void unwatch(EventHandler handler, Runnable then) {
    remove(handler);
    then.run();
  }

  @Override
  public void execute(Runnable task) {
    tasks.post(task);
  }

  /** Runs the task once on the loop's thread; up to 8 ms late, never early. */
  @Override
  public Timer schedule(long delayNanos, Runnable task) {
    return tasks.after(clock.getAsLong(), delayNanos, task, isCurrent());
  }

  @Override
  public void cancel(Timer timer) {
    tasks.cancel(timer, isCurrent());
  }

  /** Timers that have neither run nor been cancelled. On the loop's thread. */
  int timerCount() {
    return tasks.timerCount();
  }

  @Override
  public void defer(Runnable endOfTurn) {
    tasks.defer(endOfTurn);
  }

  @SuppressWarnings("ReferenceEquality") // a handler may define equals as it likes
  private static boolean isOf(Registration registration, EventHandler handler) {
    return registration.attachment() == handler;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // a thread is itself and no other
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  @Override
  public Scratch scratch() {
    return scratch;
  }

  @Override
  public long nowNanos() {
    // Seen from outside, the time of the turn is as old as the wait under way.
    return isCurrent() ? nowNanos : clock.getAsLong();
  }

  @Override
  public LoopTasks tasks() {
    return tasks;
  }

  /** Where the time went, as of the last tenth of a second or so. */
  @Override
  public LoopTimes times() {
    return times;
  }

  /** What is watched; a copy. */
  public Map<Integer, Registration> registered() {
    return poller.registered();
  }

  /** Runs until {@link #stop}; then what was posted before the stop has been run. */
  @Override
  public void run() {
    thread = Thread.currentThread();
    try {
      while (!stopped) {
        turn(-1);
      }
      tasks.runLast(nowNanos);
    } finally {
      thread = null;
    }
  }

  /**
   * One turn: waits at most so long, and handles what there is.
   *
   * @param mostNanos negative waits as long as it takes
   */
  public void turn(long mostNanos) {
    Thread outer = thread;
    thread = Thread.currentThread();
    int found = await(mostNanos);
    for (int i = 0; i < found; i++) {
      Registration registration = ready.registration(i);
      if (registration.isLive()) {
        dispatch(registration, ready.events(i));
      }
    }
    tasks.run(nowNanos);
    if (blind) {
      letGo();
    }
    thread = outer;
  }

  /** A channel of java.nio that was closed is let go by its selector's next look. */
  private void letGo() {
    try {
      poller.poll(0, ready);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the poller fails still", e);
    }
  }

  private int await(long mostNanos) {
    long beforeNanos = clock.getAsLong();
    workNanos += beforeNanos - nowNanos;
    long timeoutNanos = tasks.beginWait(beforeNanos, mostNanos);
    int found = 0;
    IOException failure = null;
    try {
      if (blind) {
        park(stopped ? 0 : timeoutNanos);
      } else {
        found = poller.poll(stopped ? 0 : timeoutNanos, ready);
      }
    } catch (IOException e) {
      failure = e;
    }
    tasks.endWait();
    nowNanos = clock.getAsLong();
    waitNanos += nowNanos - beforeNanos;
    if (failure != null) {
      pollerFailed(failure);
    }
    turns++;
    if (nowNanos - publishedNanos > PUBLISH_EVERY_NANOS) {
      publishedNanos = nowNanos;
      times = new LoopTimes(turns, waitNanos, workNanos);
    }
    return found;
  }

  private static void park(long nanos) {
    if (nanos < 0) {
      LockSupport.park();
    } else if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
    // Who interrupts means a handler that blocks; left set it would end every wait at once.
    Thread.interrupted();
  }

  private void pollerFailed(IOException error) {
    Consumer<IOException> action = onPollerFailure;
    if (action == null) {
      LOG.log(Level.ERROR, "the poller failed; the loop ends", error);
      stopped = true;
      return;
    }
    LOG.log(Level.ERROR, "the poller failed; the loop goes on without", error);
    blind = true;
    try {
      action.accept(error);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a task on the loop failed", e);
    }
  }

  private void dispatch(Registration registration, int events) {
    EventHandler handler = (EventHandler) registration.attachment();
    try {
      int interest = registration.interest();
      boolean called = false;
      if ((events & Interest.READ & interest) != 0) {
        called = true;
        handler.read();
      }
      if ((events & Interest.WRITE & interest) != 0 && registration.isLive()) {
        called = true;
        handler.write();
      }
      if (!called && (events & Interest.HANGUP) != 0) {
        handler.hangup();
      }
      if (registration.isLive() && !handler.rearmsItself()) {
        sync(registration, handler);
      }
    } catch (Throwable e) {
      failed(handler, e);
    }
  }

  private void sync(Registration registration, EventHandler handler) {
    int wanted = wanted(handler);
    if (wanted != registration.interest() || poller.isOneShot()) {
      try {
        poller.modify(registration, wanted);
      } catch (IOException e) {
        failed(handler, e);
      }
    }
  }

  private static int wanted(EventHandler handler) {
    return (handler.wantsRead() ? Interest.READ : 0) | (handler.wantsWrite() ? Interest.WRITE : 0);
  }

  private void failed(EventHandler handler, Throwable error) {
    LOG.log(Level.ERROR, "an event handler failed and is off the loop: " + handler, error);
    remove(handler);
    handler.offLoop(error);
  }

  /** Ends {@link #run} after the turn under way. */
  @Override
  public void stop() {
    stopped = true;
    execute(() -> {});
  }

  /** Closes the poller. Call after {@link #run} has ended. */
  @Override
  public void close() {
    poller.close();
  }
}
