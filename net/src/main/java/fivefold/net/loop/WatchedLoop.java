package fivefold.net.loop;

import fivefold.net.LoopStall;
import fivefold.net.ServerListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the watchdog knows of one loop. Only on the watchdog's thread. */
final class WatchedLoop {
  private final String name;
  private final Pulse pulse;
  private final Supplier<List<StackTraceElement>> stack;
  private final long limitNanos;
  private final ServerListener listener;
  private long seenSteps;
  private long seenNanos;
  private @Nullable List<StackTraceElement> stalledIn;

  WatchedLoop(
      String name,
      Pulse pulse,
      Supplier<List<StackTraceElement>> stack,
      long limitNanos,
      ServerListener listener) {
    this.name = name;
    this.pulse = pulse;
    this.stack = stack;
    this.limitNanos = limitNanos;
    this.listener = listener;
  }

  /** How often to look: an eighth of the limit is how late a stall is noticed, or its end. */
  long lookEveryNanos() {
    return Math.max(1_000_000, limitNanos / 8);
  }

  /**
   * The watchdog itself came late, so the whole JVM had paused: that was not the handler's doing.
   */
  void forgive(long pauseNanos) {
    seenNanos += pauseNanos;
  }

  void look(long nowNanos, boolean alive) {
    long steps = pulse.steps();
    if (steps != seenSteps || !alive) {
      cameRound(nowNanos);
      seenSteps = steps;
      seenNanos = nowNanos;
    } else if (Pulse.isHandling(steps) && stalledIn == null && nowNanos - seenNanos >= limitNanos) {
      stalled(nowNanos);
    }
  }

  private void stalled(long nowNanos) {
    List<StackTraceElement> found = stack.get();
    if (pulse.steps() != seenSteps) {
      // It came round meanwhile: the stack is of something else.
      return;
    }
    stalledIn = found;
    listener.loopStalled(stall(nowNanos, found));
  }

  private void cameRound(long nowNanos) {
    List<StackTraceElement> where = stalledIn;
    if (where != null) {
      stalledIn = null;
      listener.loopCameRound(stall(nowNanos, where));
    }
  }

  private LoopStall stall(long nowNanos, List<StackTraceElement> where) {
    return new LoopStall(name, Duration.ofNanos(nowNanos - seenNanos), where);
  }
}
