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

  /** A timer that somebody else keeps, an executor for example; {@code cancel} takes it back. */
  public static Timer keptBy(Runnable cancel) {
    return new Timer(cancel, 0);
  }

  /** Takes back a timer made by {@link #keptBy}. */
  public void cancelWhereKept() {
    task.run();
  }
}
