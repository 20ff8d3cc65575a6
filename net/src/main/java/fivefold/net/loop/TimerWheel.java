package fivefold.net.loop;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Timers in a hashed wheel: entering and cancelling cost the same however many there are (Varghese
 * and Lauck, 1987). A timer fires up to one tick late, never early. Belongs to one thread.
 */
final class TimerWheel {
  /** About 8 ms: fine enough for timeouts, and a power of two so that a shift finds the tick. */
  private static final int TICK_SHIFT = 23;

  private static final int SLOTS = 512;

  private final @Nullable Timer[] slots = new Timer[SLOTS];
  // One bit for each slot that holds a timer, so that finding the next one reads eight words.
  private final long[] occupied = new long[SLOTS / Long.SIZE];
  private final long originNanos;
  private final Consumer<Runnable> runner;
  private long currentTick;
  private int size;

  /**
   * An empty wheel.
   *
   * @param runner runs what is due, and lets no exception through
   */
  TimerWheel(long nowNanos, Consumer<Runnable> runner) {
    originNanos = nowNanos;
    this.runner = runner;
  }

  /** Adds a timer, unless it has been cancelled on its way here. */
  void add(Timer timer) {
    if (!timer.cancelled) {
      // Rounded up, so that it has passed when its tick has come; the current tick was handled.
      long tick = Math.max(tickOf(timer.deadlineNanos) + 1, currentTick + 1);
      link(timer, (int) (tick & (SLOTS - 1)));
    }
  }

  void cancel(Timer timer) {
    timer.cancelled = true;
    if (timer.slot != Timer.NONE) {
      unlink(timer);
    }
  }

  int size() {
    return size;
  }

  /** Runs what is due. A task may add and cancel timers. */
  void advance(long nowNanos) {
    long nowTick = tickOf(nowNanos);
    if (size == 0) {
      currentTick = Math.max(currentTick, nowTick);
      return;
    }
    // After a pause longer than a turn of the wheel every slot is looked at once.
    long from = Math.max(currentTick + 1, nowTick - SLOTS + 1);
    for (long tick = from; tick <= nowTick; tick++) {
      currentTick = tick;
      runSlot((int) (tick & (SLOTS - 1)), nowNanos);
    }
  }

  /** Nanoseconds until the next slot that holds a timer is due; -1 when there is none. */
  long nextDelayNanos(long nowNanos) {
    if (size == 0) {
      return -1;
    }
    int start = (int) ((currentTick + 1) & (SLOTS - 1));
    int distance = 0;
    while (distance < SLOTS) {
      int slot = (start + distance) & (SLOTS - 1);
      long word = occupied[slot >>> 6] >>> (slot & 63);
      if (word != 0) {
        long tick = currentTick + 1 + distance + Long.numberOfTrailingZeros(word);
        return Math.max(0, originNanos + (tick << TICK_SHIFT) - nowNanos);
      }
      distance += 64 - (slot & 63);
    }
    return (long) SLOTS << TICK_SHIFT;
  }

  private long tickOf(long nanos) {
    return (nanos - originNanos) >> TICK_SHIFT;
  }

  private void runSlot(int slot, long nowNanos) {
    // What a task adds here belongs to a later turn of the wheel, so the walk may pass over it.
    for (Timer timer = slots[slot]; timer != null; ) {
      Timer following = timer.next;
      if (timer.deadlineNanos - nowNanos <= 0) {
        unlink(timer);
        runner.accept(timer.task);
        // The task may have cancelled the one that was to follow: then begin again.
        timer = following != null && following.slot == Timer.NONE ? slots[slot] : following;
      } else {
        timer = following;
      }
    }
  }

  private void link(Timer timer, int slot) {
    Timer head = slots[slot];
    timer.slot = slot;
    timer.next = head;
    timer.previous = null;
    if (head != null) {
      head.previous = timer;
    }
    slots[slot] = timer;
    occupied[slot >>> 6] |= 1L << (slot & 63);
    size++;
  }

  private void unlink(Timer timer) {
    int slot = timer.slot;
    Timer before = timer.previous;
    Timer after = timer.next;
    if (before == null) {
      slots[slot] = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    if (slots[slot] == null) {
      occupied[slot >>> 6] &= ~(1L << (slot & 63));
    }
    timer.next = null;
    timer.previous = null;
    timer.slot = Timer.NONE;
    size--;
  }
}
