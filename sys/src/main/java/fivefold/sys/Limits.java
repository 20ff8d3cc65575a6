package fivefold.sys;

/**
 * Resource limits of this process, getrlimit(2). Any thread may call; the limits are the process's.
 */
public final class Limits {
  public static final int RLIMIT_STACK = 3;
  public static final int RLIMIT_CORE = 4;
  public static final int RLIMIT_NPROC = 6;
  public static final int RLIMIT_NOFILE = 7;
  public static final int RLIMIT_MEMLOCK = 8;

  /** How many signals may be queued, for all processes of the user together, signal(7). */
  public static final int RLIMIT_SIGPENDING = 11;

  /** No limit, here and in what {@link #soft} and {@link #hard} return. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** struct rlimit: the soft and the hard limit, 8 bytes each. */
  static final int RLIMIT_BYTES = 16;

  static final int SOFT_OFFSET = 0;
  static final int HARD_OFFSET = 8;

  /** All bits set. */
  static final long RLIM_INFINITY = -1;

  private static final SystemCall GETRLIMIT = SystemCall.of("getrlimit");
  private static final SystemCall SETRLIMIT = SystemCall.of("setrlimit");

  private Limits() {}

  /** The limit in force, or {@code -errno}. */
  public static long soft(int resource) {
    return get(resource, SOFT_OFFSET);
  }

  /** How far this process may raise the soft limit, or {@code -errno}. */
  public static long hard(int resource) {
    return get(resource, HARD_OFFSET);
  }

  /**
   * setrlimit(2). Lowering the hard limit is for good; raising it takes CAP_SYS_RESOURCE.
   *
   * @return 0 or {@code -errno}
   */
  public static int set(int resource, long soft, long hard) {
    CallState state = CallState.take();
    try {
      Memory.putLong(state.struct() + SOFT_OFFSET, soft == UNLIMITED ? RLIM_INFINITY : soft);
      Memory.putLong(state.struct() + HARD_OFFSET, hard == UNLIMITED ? RLIM_INFINITY : hard);
      return SETRLIMIT.once(resource, state.struct());
    } finally {
      state.release();
    }
  }

  /**
   * Raises the own soft limit of open descriptors to the hard one.
   *
   * @return how many descriptors may be open now, or {@code -errno}
   */
  public static long raiseDescriptors() {
    long hard = hard(RLIMIT_NOFILE);
    if (hard < 0) {
      return hard;
    }
    int result = set(RLIMIT_NOFILE, hard, hard);
    return result < 0 ? soft(RLIMIT_NOFILE) : hard;
  }

  private static long get(int resource, int offset) {
    CallState state = CallState.take();
    try {
      int result = GETRLIMIT.once(resource, state.struct());
      if (result < 0) {
        return result;
      }
      long limit = Memory.getLong(state.struct() + offset);
      return limit == RLIM_INFINITY ? UNLIMITED : limit;
    } finally {
      state.release();
    }
  }
}
