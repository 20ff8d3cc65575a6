package fivefold.sys;

/**
 * struct io_uring_getevents_arg, io_uring_enter(2): how long {@link Uring#enter} waits when called
 * with {@link Uring#IORING_ENTER_EXT_ARG}.
 */
public final class UringWait {
  /** The struct; the timespec it points to is behind it. */
  public static final int BYTES = 24;

  /** The struct and its timespec. */
  public static final int ALLOCATED_BYTES = BYTES + Timespec.BYTES;

  static final int SIGMASK_OFFSET = 0;
  static final int SIGMASK_BYTES_OFFSET = 8;
  static final int TIMESPEC_OFFSET = 16;

  private UringWait() {}

  /**
   * Writes the struct.
   *
   * @param wait address of {@link #ALLOCATED_BYTES} bytes
   * @param timeoutNanos the longest wait; negative waits for ever
   */
  public static void put(long wait, long timeoutNanos) {
    long timespec = wait + BYTES;
    Memory.putLong(wait + SIGMASK_OFFSET, 0);
    // And the least wait behind it, of Linux 6.12: none.
    Memory.putLong(wait + SIGMASK_BYTES_OFFSET, 0);
    if (timeoutNanos < 0) {
      Memory.putLong(wait + TIMESPEC_OFFSET, 0);
    } else {
      Timespec.put(timespec, timeoutNanos);
      Memory.putLong(wait + TIMESPEC_OFFSET, timespec);
    }
  }
}
