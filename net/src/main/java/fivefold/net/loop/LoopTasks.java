package fivefold.net.loop;

import fivefold.net.Stage;
import fivefold.net.StageRecorder;
import fivefold.net.StageSpan;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a loop does besides its descriptors: tasks posted by any thread, timers, and tasks put off
 * to the end of the turn. Knows when a post must end the loop's wait, and when not: only the first
 * post to a waiting loop costs a system call.
 */
public final class LoopTasks {
  /** Taken from the mailbox in one turn, so that descriptors get their turn as well. */
  private static final int TASKS_PER_TURN = 1024;

  /** 146 years: the sum must not pass the end of the clock, where the past would begin. */
  private static final long LONGEST_DELAY_NANOS = Long.MAX_VALUE / 2;

  private static final int RUNNING = 0;
  private static final int WAITING = 1;
  private static final int WOKEN = 2;

  private static final System.Logger LOG = System.getLogger("fivefold.net.loop");

  private final Runnable wakeup;
  private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
  private final ArrayDeque<Runnable> continued = new ArrayDeque<>(4);
  private final TimerWheel timers;
  private final AtomicInteger state = new AtomicInteger(RUNNING);
  private final Pulse pulse = new Pulse();
  private Consumer<Runnable> taskRunner = LoopTasks::guarded;
  private Consumer<Runnable> timerRunner = LoopTasks::guarded;
  private @Nullable StageRecorder recorder;
  private @Nullable StageSpan waiting;

  /**
   * Tasks of one loop.
   *
   * @param wakeup ends the loop's wait; called on any thread
   */
  public LoopTasks(long nowNanos, Runnable wakeup) {
    this.timers = new TimerWheel(nowNanos, task -> timerRunner.accept(task));
    this.wakeup = wakeup;
  }

  /**
   * From now on each wait, task and timer is recorded. Before the loop runs.
   *
   * @param stages null for nobody
   */
  public void record(@Nullable StageRecorder stages) {
    if (stages != null) {
      recorder = stages;
      taskRunner = task -> guarded(task, stages.begin(Stage.TASK));
      timerRunner = task -> guarded(task, stages.begin(Stage.TIMER));
    }
  }

  /** Posts a task. Any thread. */
  public void post(Runnable task) {
    mailbox.add(task);
    if (state.get() == WAITING && state.compareAndSet(WAITING, WOKEN)) {
      wakeup.run();
    }
  }

  /**
   * Adds a timer. Any thread.
   *
   * @param onLoop whether this is the loop's
   */
  public Timer after(long nowNanos, long delayNanos, Runnable task, boolean onLoop) {
    Timer timer = new Timer(task, nowNanos + Math.min(delayNanos, LONGEST_DELAY_NANOS));
    if (onLoop) {
      timers.add(timer);
    } else {
      post(() -> timers.add(timer));
    }
    return timer;
  }

  /**
   * Takes a timer back; nothing happens when it has run. Any thread.
   *
   * @param onLoop whether this is the loop's
   */
  public void cancel(Timer timer, boolean onLoop) {
    if (onLoop) {
      timers.cancel(timer);
    } else {
      post(() -> timers.cancel(timer));
    }
  }

  /** Timers that have neither run nor been cancelled. The loop's thread. */
  int timerCount() {
    return timers.size();
  }

  /** Puts a task off to the end of this turn. The loop's thread. */
  public void defer(Runnable task) {
    deferred.add(task);
  }

  /**
   * Goes on with long work in a later turn: of all that is continued, one task in each turn, so
   * that descriptors, posted tasks and the other long work get theirs. The loop's thread.
   */
  void continueLater(Runnable task) {
    continued.add(task);
  }

  /**
   * The loop is about to wait: from now on a post wakes it.
   *
   * @param mostNanos the longest it would wait, negative for as long as it takes
   * @return how long it may wait
   */
  public long beginWait(long nowNanos, long mostNanos) {
    if (Pulse.isHandling(pulse.steps())) {
      pulse.step();
    }
    if (recorder != null) {
      waiting = recorder.begin(Stage.WAIT);
    }
    state.set(WAITING);
    // A post before WAITING was set has made no wake-up: look again.
    if (!mailbox.isEmpty() || !continued.isEmpty()) {
      return 0;
    }
    long timerNanos = timers.nextDelayNanos(nowNanos);
    if (timerNanos < 0) {
      return mostNanos;
    }
    return mostNanos < 0 ? timerNanos : Math.min(timerNanos, mostNanos);
  }

  /** The wait is over. */
  public void endWait() {
    state.set(RUNNING);
    if (waiting != null) {
      waiting.end(0);
      waiting = null;
    }
    pulse.step();
  }

  /** Odd steps handle, even ones wait. Any thread may read it. */
  Pulse pulse() {
    return pulse;
  }

  /** Runs what was posted, what is due, and what was put off. */
  public void run(long nowNanos) {
    Runnable goingOn = continued.poll();
    if (goingOn != null) {
      taskRunner.accept(goingOn);
    }
    runPosted(TASKS_PER_TURN);
    timers.advance(nowNanos);
    runDeferred();
  }

  /** Runs what was put off, which may put off more. */
  public void runDeferred() {
    for (Runnable task = deferred.poll(); task != null; task = deferred.poll()) {
      guarded(task);
    }
  }

  /** The loop ends: runs all that was posted until now. */
  public void runLast(long nowNanos) {
    runPosted(mailbox.size());
    timers.advance(nowNanos);
    runDeferred();
  }

  private void runPosted(int most) {
    for (int i = 0; i < most; i++) {
      Runnable task = mailbox.poll();
      if (task == null) {
        return;
      }
      taskRunner.accept(task);
    }
  }

  private static void guarded(Runnable task, StageSpan span) {
    guarded(task);
    span.end(0);
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "a task on the loop failed", e);
    }
  }
}
