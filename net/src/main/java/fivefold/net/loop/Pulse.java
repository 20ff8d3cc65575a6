package fivefold.net.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the steps of a loop, for whoever watches it: odd while it handles, even while it waits. An
 * opaque write costs as much as a plain one, and no clock is asked.
 */
final class Pulse {
  private static final VarHandle STEPS;

  static {
    try {
      STEPS = MethodHandles.lookup().findVarHandle(Pulse.class, "steps", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long steps;

  /** On the loop: from waiting to handling, or back. */
  void step() {
    STEPS.setOpaque(this, steps + 1);
  }

  /** Any thread. */
  long steps() {
    return (long) STEPS.getOpaque(this);
  }

  static boolean isHandling(long steps) {
    return (steps & 1) != 0;
  }
}
