package fivefold.net.loop;

import org.jspecify.annotations.Nullable;

/** A task on a {@link TimerWheel}, to be run once. */
public final class Timer {
  final Runnable task;
  final long deadlineNanos;
  @Nullable Timer previous;
  @Nullable Timer next;
  int slot = NONE;

  static final int NONE = -1;

  Timer(Runnable task, long deadlineNanos) {
    this.task = task;
    this.deadlineNanos = deadlineNanos;
  }
}
