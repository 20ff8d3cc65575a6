package fivefold.sys;

/**
 * Counts how often a thread passes a tracepoint of the kernel: perf_event_open(2).
 *
 * <pre>{@code
 * int counter = PerfEvents.openTracepoint(id, tid);
 * long passed = PerfEvents.count(counter);
 * Descriptors.close(counter);
 * }</pre>
 *
 * <p>As long as one is open the kernel takes a slower way through the tracepoint, for all
 * processes. Any thread may call; nothing here blocks.
 */
public final class PerfEvents {
  static final int PERF_TYPE_TRACEPOINT = 2;
  static final int PERF_FLAG_FD_CLOEXEC = 1 << 3;

  /** The oldest struct perf_event_attr, which every kernel takes. */
  static final int PERF_ATTR_SIZE_VER0 = 64;

  static final int TYPE_OFFSET = 0;
  static final int SIZE_OFFSET = 4;
  static final int CONFIG_OFFSET = 8;

  /** Behind {@code read_format}, and itself a bit field: it has no offset in C. */
  private static final int FLAGS_OFFSET = 40;

  /** The second bit: threads that a counted one starts are counted with it. */
  private static final long INHERIT = 1 << 1;

  private static final int ANY_PROCESSOR = -1;
  private static final int NO_GROUP = -1;

  private static final SystemCall SYSCALL = SystemCall.of("syscall");

  private PerfEvents() {}

  static int systemCallNumber(Architecture architecture) {
    return architecture == Architecture.X86_64 ? 298 : 241; // asm/unistd_64.h, asm-generic/unistd.h
  }

  /**
   * Begins to count.
   *
   * @param id of the tracepoint: the file {@code id} in its folder below /sys/kernel/tracing/events
   * @param tid a thread; those that it starts from now on are counted, too
   * @return a descriptor, close-on-exec, or {@code -errno}: {@code -EACCES} or {@code -EPERM}
   *     without the right (man 2 perf_event_open on perf_event_paranoid), {@code -ESRCH} when the
   *     thread has ended
   */
  public static int openTracepoint(long id, int tid) {
    long attributes = Memory.allocate(PERF_ATTR_SIZE_VER0);
    try {
      for (int i = 0; i < PERF_ATTR_SIZE_VER0; i += Long.BYTES) {
        Memory.putLong(attributes + i, 0);
      }
      Memory.putInt(attributes + TYPE_OFFSET, PERF_TYPE_TRACEPOINT);
      Memory.putInt(attributes + SIZE_OFFSET, PERF_ATTR_SIZE_VER0);
      Memory.putLong(attributes + CONFIG_OFFSET, id);
      Memory.putLong(attributes + FLAGS_OFFSET, INHERIT);
      return SYSCALL.once(
          systemCallNumber(Platform.architecture()),
          attributes,
          tid,
          ANY_PROCESSOR,
          NO_GROUP,
          PERF_FLAG_FD_CLOEXEC);
    } finally {
      Memory.free(attributes);
    }
  }

  /** How often it has been passed since it was opened; negative errno. */
  public static long count(int descriptor) {
    CallState state = CallState.take();
    try {
      long result = Descriptors.read(descriptor, state.struct(), Long.BYTES);
      return result < 0 ? result : Memory.getLong(state.struct());
    } finally {
      state.release();
    }
  }
}
