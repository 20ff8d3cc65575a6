package fivefold.sys;

import java.util.BitSet;

/**
 * Processes and threads: who they are, signals, processor affinity, CPU time. Any thread may call;
 * nothing here blocks.
 */
public final class Processes {
  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGQUIT = 3;
  public static final int SIGKILL = 9;
  public static final int SIGUSR1 = 10;
  public static final int SIGPIPE = 13;
  public static final int SIGTERM = 15;
  public static final int SIGCONT = 18;
  public static final int SIGSTOP = 19;
  public static final int SIGWINCH = 28;

  static final int PR_SET_PDEATHSIG = 1;

  /** Room for 8192 processors, the most that Linux on x86-64 can be built for. */
  private static final int MASK_BYTES = 1024;

  private static final SystemCall GETPID = SystemCall.of("getpid");
  private static final SystemCall GETTID = SystemCall.of("gettid");
  private static final SystemCall KILL = SystemCall.of("kill");
  private static final SystemCall TGKILL = SystemCall.of("tgkill");
  private static final SystemCall SCHED_SETAFFINITY = SystemCall.of("sched_setaffinity");
  private static final SystemCall SCHED_GETAFFINITY = SystemCall.of("sched_getaffinity");
  private static final SystemCall GETPPID = SystemCall.of("getppid");
  private static final SystemCall PRCTL = SystemCall.of("prctl");
  private static final SystemCall CLOCK_GETTIME = SystemCall.of("clock_gettime");

  private Processes() {}

  /** getpid(2). */
  public static int pid() {
    return GETPID.once();
  }

  /** getppid(2): the parent, or when it has ended the process that took its children over. */
  public static int parentPid() {
    return GETPPID.once();
  }

  /**
   * prctl(2) PR_SET_PDEATHSIG: the signal this process gets when the thread that started it ends,
   * thus at the latest with the parent. When the parent may have ended before, compare {@link
   * #parentPid} afterwards.
   *
   * @param signal one of the SIG constants, or 0 for none
   */
  public static int setParentDeathSignal(int signal) {
    return PRCTL.once(PR_SET_PDEATHSIG, signal);
  }

  /** gettid(2): of the platform thread; on a virtual thread that is its carrier of the moment. */
  public static int tid() {
    return GETTID.once();
  }

  /**
   * kill(2).
   *
   * @param signal one of the SIG constants, or 0 to ask only whether the process is there
   */
  public static int kill(int pid, int signal) {
    return KILL.once(pid, signal);
  }

  /** tgkill(2): a signal to one thread of a process. */
  public static int killThread(int pid, int tid, int signal) {
    return TGKILL.once(pid, tid, signal);
  }

  /**
   * sched_setaffinity(2). Threads started later by that thread inherit it. Call it on a platform
   * thread: a virtual one would bind its carrier.
   *
   * @param tid a thread, or 0 for the calling one
   * @param cpus the processors it may run on; {@code -EINVAL} when none of them is there
   */
  public static int setAffinity(int tid, BitSet cpus) {
    byte[] bits = cpus.toByteArray();
    long mask = Memory.allocate(MASK_BYTES);
    try {
      Memory.copy(bits, 0, mask, Math.min(bits.length, MASK_BYTES));
      return SCHED_SETAFFINITY.once(tid, MASK_BYTES, mask);
    } finally {
      Memory.free(mask);
    }
  }

  /**
   * sched_getaffinity(2).
   *
   * @param tid a thread, or 0 for the calling one
   * @param into becomes the set of processors it may run on
   * @return 0 or {@code -errno}
   */
  public static int getAffinity(int tid, BitSet into) {
    long mask = Memory.allocate(MASK_BYTES);
    try {
      int result = SCHED_GETAFFINITY.once(tid, MASK_BYTES, mask);
      if (result < 0) {
        return result;
      }
      byte[] bits = new byte[MASK_BYTES];
      Memory.copy(mask, bits, 0, MASK_BYTES);
      into.clear();
      into.or(BitSet.valueOf(bits));
      return 0;
    } finally {
      Memory.free(mask);
    }
  }

  /**
   * The CPU time that all threads of a process have used, user and system, in nanoseconds:
   * clock_gettime(2) on the clock whose id clock_getcpuclockid(3) would give.
   *
   * @param pid a process, not necessarily a child
   * @return nanoseconds, or {@code -errno}: {@code -EINVAL} when there is no such process
   */
  public static long cpuNanos(int pid) {
    // The complement of the pid, then 2 for "scheduler's time of a whole process"
    // (include/linux/posix-timers.h: CPUCLOCK_SCHED).
    int clock = ~pid << 3 | 2;
    CallState state = CallState.take();
    try {
      int result = CLOCK_GETTIME.once(clock, state.struct());
      return result < 0 ? result : Timespec.nanos(state.struct());
    } finally {
      state.release();
    }
  }
}
