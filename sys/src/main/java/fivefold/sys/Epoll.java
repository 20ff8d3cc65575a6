package fivefold.sys;

import org.jspecify.annotations.Nullable;

/**
 * epoll(7): the kernel keeps the set of descriptors and tells which are ready.
 *
 * <p>Results are what the call returns, or {@code -errno}. Any thread may call; {@link #wait} and
 * {@link #waitNanos} block and must not be called on a virtual thread.
 *
 * <pre>{@code
 * int ready = Epoll.wait(epfd, events, 256, -1);
 * for (int i = 0; i < ready; i++) {
 *   handle(Epoll.data(events, i), Epoll.events(events, i));
 * }
 * }</pre>
 */
public final class Epoll {
  public static final int EPOLLIN = 0x1;
  public static final int EPOLLPRI = 0x2;
  public static final int EPOLLOUT = 0x4;
  public static final int EPOLLERR = 0x8;
  public static final int EPOLLHUP = 0x10;
  public static final int EPOLLRDHUP = 0x2000;
  public static final int EPOLLEXCLUSIVE = 1 << 28;
  public static final int EPOLLONESHOT = 1 << 30;
  public static final int EPOLLET = 1 << 31;

  public static final int CTL_ADD = 1;
  public static final int CTL_DEL = 2;
  public static final int CTL_MOD = 3;

  static final int EPOLL_CLOEXEC = 0x80000;

  /**
   * Size of a struct epoll_event: 32 bits of events and 64 of data, packed on x86-64 so that 32-bit
   * programs share the layout, aligned naturally elsewhere.
   */
  public static final int EVENT_BYTES = eventBytes(Platform.architecture());

  static final int EVENTS_OFFSET = 0;
  static final int DATA_OFFSET = EVENT_BYTES - Long.BYTES;

  private static final SystemCall EPOLL_CREATE1 = SystemCall.of("epoll_create1");
  private static final SystemCall EPOLL_CTL = SystemCall.of("epoll_ctl");
  private static final SystemCall EPOLL_WAIT = SystemCall.of("epoll_wait");

  private Epoll() {}

  static int eventBytes(Architecture architecture) {
    return architecture == Architecture.X86_64 ? 12 : 16;
  }

  /**
   * epoll_create1(2), close-on-exec.
   *
   * @return the descriptor, to be closed by {@link Descriptors#close}
   */
  public static int create() {
    return EPOLL_CREATE1.once(EPOLL_CLOEXEC);
  }

  /**
   * epoll_ctl(2). A closed descriptor leaves the set by itself, unless a duplicate of it is open.
   *
   * @param op {@link #CTL_ADD}, {@link #CTL_MOD} or {@link #CTL_DEL}
   * @param events a set of the EPOLL constants; ignored by {@link #CTL_DEL}
   * @param data what {@link #data} gives back with each event
   */
  public static int control(int epfd, int op, int fd, int events, long data) {
    CallState state = CallState.take();
    try {
      long event = state.struct();
      Memory.putInt(event + EVENTS_OFFSET, events);
      Memory.putLong(event + DATA_OFFSET, data);
      return EPOLL_CTL.once(epfd, op, fd, event);
    } finally {
      state.release();
    }
  }

  /**
   * epoll_wait(2). {@code -EINTR} is returned, not repeated: the caller's time has passed meanwhile
   * and must be computed anew.
   *
   * @param events address of {@code max} times {@link #EVENT_BYTES}
   * @param timeoutMillis 0 returns at once, negative waits for ever
   * @return the number of events
   */
  public static int wait(int epfd, long events, int max, int timeoutMillis) {
    return EPOLL_WAIT.once(epfd, events, max, timeoutMillis);
  }

  /**
   * epoll_pwait2(2), with the timeout in nanoseconds; otherwise as {@link #wait}. Since Linux 5.11
   * and glibc 2.35, {@code -ENOSYS} before.
   *
   * @param timeoutNanos 0 returns at once, negative waits for ever
   */
  public static int waitNanos(int epfd, long events, int max, long timeoutNanos) {
    SystemCall pwait2 = Precise.EPOLL_PWAIT2;
    if (pwait2 == null) {
      return -Errno.ENOSYS;
    }
    if (timeoutNanos < 0) {
      return pwait2.once(epfd, events, max, 0, 0);
    }
    CallState state = CallState.take();
    try {
      Timespec.put(state.struct(), timeoutNanos);
      return pwait2.once(epfd, events, max, state.struct(), 0);
    } finally {
      state.release();
    }
  }

  /** The events of one entry that {@link #wait} filled in. */
  public static int events(long array, int index) {
    return Memory.getInt(array + (long) index * EVENT_BYTES + EVENTS_OFFSET);
  }

  /** The data of one entry that {@link #wait} filled in. */
  public static long data(long array, int index) {
    return Memory.getLong(array + (long) index * EVENT_BYTES + DATA_OFFSET);
  }

  /** The newer call; null where the C library is too old. */
  private static final class Precise {
    static final @Nullable SystemCall EPOLL_PWAIT2 =
        Native.has("epoll_pwait2") ? SystemCall.of("epoll_pwait2") : null;
  }
}
