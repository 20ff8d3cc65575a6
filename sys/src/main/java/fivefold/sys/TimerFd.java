package fivefold.sys;

/**
 * timerfd_create(2): a timer that can be waited for like any descriptor. Any thread may call;
 * nothing here blocks.
 */
public final class TimerFd {
  static final int CLOCK_MONOTONIC = 1;
  static final int TFD_CLOEXEC = 0x80000;
  static final int TFD_NONBLOCK = 0x800;

  /** struct itimerspec: the interval, then the first expiration, a timespec each. */
  static final int ITIMERSPEC_BYTES = 32;

  static final int INTERVAL_OFFSET = 0;
  static final int FIRST_OFFSET = 16;

  private static final SystemCall TIMERFD_CREATE = SystemCall.of("timerfd_create");
  private static final SystemCall TIMERFD_SETTIME = SystemCall.of("timerfd_settime");

  private TimerFd() {}

  /** A nonblocking close-on-exec timer on the monotonic clock, not yet set. */
  public static int create() {
    return TIMERFD_CREATE.once(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
  }

  /**
   * timerfd_settime(2); replaces what was set and forgets expirations not yet read.
   *
   * @param firstNanos from now; 0 stops the timer
   * @param everyNanos from one expiration to the next; 0 for once only
   */
  public static int set(int fd, long firstNanos, long everyNanos) {
    CallState state = CallState.take();
    try {
      Timespec.put(state.struct() + INTERVAL_OFFSET, everyNanos);
      Timespec.put(state.struct() + FIRST_OFFSET, firstNanos);
      return TIMERFD_SETTIME.once(fd, 0, state.struct(), 0);
    } finally {
      state.release();
    }
  }

  /**
   * Takes the expirations.
   *
   * @return how many there were since they were last taken, or {@code -EAGAIN} for none
   */
  public static int drain(int fd) {
    return EventFd.drain(fd);
  }
}
