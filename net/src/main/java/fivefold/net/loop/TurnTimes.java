package fivefold.net.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Where the time of a loop goes, once somebody has asked. Written by the loop, read by others. */
public final class TurnTimes {
  private static final VarHandle TURNS = handle("turns");
  private static final VarHandle WAIT_NANOS = handle("waitNanos");
  private static final VarHandle WORK_NANOS = handle("workNanos");

  private volatile boolean wanted;
  private long turns;
  private long waitNanos;
  private long workNanos;

  private static VarHandle handle(String field) {
    try {
      return MethodHandles.lookup().findVarHandle(TurnTimes.class, field, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Whether a loop that would not ask the clock for its own sake should do so. */
  public boolean areWanted() {
    return wanted;
  }

  /** On the loop: one turn. */
  public void turn(long workedNanos, long waitedNanos) {
    TURNS.setOpaque(this, turns + 1);
    WORK_NANOS.setOpaque(this, workNanos + workedNanos);
    WAIT_NANOS.setOpaque(this, waitNanos + waitedNanos);
  }

  /** Any thread; the first question turns the times on. */
  public LoopTimes ask() {
    wanted = true;
    return new LoopTimes(
        (long) TURNS.getOpaque(this),
        (long) WAIT_NANOS.getOpaque(this),
        (long) WORK_NANOS.getOpaque(this));
  }
}
