package fivefold.net.loop;

import org.jspecify.annotations.Nullable;

/** A task to be run once, by a loop; what {@link Strand#cancel} takes back. */
public final class Timer {
  final Runnable task;
  final long deadlineNanos;
  @Nullable Timer previous;
  @Nullable Timer next;
  int slot = NONE;
  boolean cancelled;

  static final int NONE = -1;

  Timer(Runnable task, long deadlineNanos) {
    this.task = task;
    this.deadlineNanos = deadlineNanos;
  }
}
