package fivefold.sys;

/**
 * eventfd(2): a counter that can be waited for, the cheapest way to wake a loop. Any thread may
 * call; nothing here blocks.
 */
public final class EventFd {
  static final int EFD_CLOEXEC = 0x80000;
  static final int EFD_NONBLOCK = 0x800;

  private static final SystemCall EVENTFD = SystemCall.of("eventfd");

  private EventFd() {}

  /** A nonblocking close-on-exec descriptor whose counter is 0. */
  public static int create() {
    return EVENTFD.once(0, EFD_CLOEXEC | EFD_NONBLOCK);
  }

  /**
   * Adds one, and so makes the descriptor readable.
   *
   * @return 0, or {@code -errno}; {@code -EAGAIN} when the counter is full, and then it is readable
   *     already
   */
  public static int signal(int fd) {
    CallState state = CallState.take();
    try {
      Memory.putLong(state.struct(), 1);
      return (int) Math.min(0, Descriptors.write(fd, state.struct(), Long.BYTES));
    } finally {
      state.release();
    }
  }

  /**
   * Sets the counter back to 0.
   *
   * @return how often it was signalled, or {@code -EAGAIN} for never
   */
  public static int drain(int fd) {
    CallState state = CallState.take();
    try {
      long result = Descriptors.read(fd, state.struct(), Long.BYTES);
      if (result < 0) {
        return (int) result;
      }
      long count = Memory.getLong(state.struct()); // unsigned
      return count < 0 || count > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) count;
    } finally {
      state.release();
    }
  }
}
