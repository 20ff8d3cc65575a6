package fivefold.sys;

/**
 * Signals taken by a thread that waits for them, signal(7): sets of signals, the thread's mask,
 * sigtimedwait(2).
 *
 * <p>Results are what the call returns, or {@code -errno}. Any platform thread may call; the mask
 * is the calling thread's, and never a virtual thread's, whose carrier changes. {@link #wait}
 * blocks.
 *
 * <pre>{@code
 * int signal = Signals.realTimeMin() + 1;
 * Signals.ignore(signal);
 * Signals.ignore(Signals.SIGIO);
 * Signals.add(set, signal);
 * Signals.add(set, Signals.SIGIO);                   // comes when the queue is full
 * Signals.mask(Signals.SIG_BLOCK, set);
 * Descriptors.setSignalOwner(fd, Processes.tid());
 * Descriptors.setSignal(fd, signal);
 * Descriptors.setFlags(fd, Descriptors.getFlags(fd) | Descriptors.O_ASYNC);
 * while (Signals.wait(set, info, -1) == signal) {
 *   handle(Signals.descriptor(info), Signals.band(info));
 * }
 * }</pre>
 *
 * <p>Which signals to take: real-time signals are free but for those: 32 and 33 are the C library's
 * (nptl(7)), so that {@link #realTimeMin} is 34, and {@code SIGRTMAX - 2} interrupts blocking calls
 * of JDK sockets and channels. The JVM handles SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGPIPE and
 * SIGXFSZ, suspends threads by SIGUSR2, dumps them at SIGQUIT, and shuts down at SIGHUP, SIGINT and
 * SIGTERM.
 *
 * <p>Any other signal ends the JVM when it reaches a thread that does not block it; and as a thread
 * ends, HotSpot gives it back the mask it began with, so that what is still queued for it is
 * delivered. {@link #ignore} makes that harmless, and takes nothing from a thread that blocks the
 * signal: Linux queues it there all the same.
 *
 * <p>A thread and a process started by a thread inherit its mask; {@link Spawn} clears it.
 */
public final class Signals {
  /** A descriptor is ready, and the real-time signal found the queue full: poll all of them. */
  public static final int SIGIO = 29;

  public static final int SIG_BLOCK = 0;
  public static final int SIG_UNBLOCK = 1;
  public static final int SIG_SETMASK = 2;

  /** Size of a sigset_t. */
  public static final int SET_BYTES = 128;

  /** Size of a siginfo_t. */
  public static final int INFO_BYTES = 128;

  /** In {@link #code}: input is there. */
  public static final int POLL_IN = 1;

  public static final int POLL_OUT = 2;
  public static final int POLL_MSG = 3;
  public static final int POLL_ERR = 4;
  public static final int POLL_PRI = 5;
  public static final int POLL_HUP = 6;

  /** In {@link #code}: sent by kill(2), not by a descriptor. */
  public static final int SI_USER = 0;

  static final int SIGNAL_OFFSET = 0;
  static final int CODE_OFFSET = 8;
  static final int BAND_OFFSET = 16;
  static final int FD_OFFSET = 24;

  private static final long SIG_IGN = 1;

  private static final SystemCall PTHREAD_SIGMASK = SystemCall.of("pthread_sigmask");
  private static final SystemCall SIGNAL = SystemCall.of("signal");
  private static final SystemCall SIGTIMEDWAIT = SystemCall.of("sigtimedwait");

  private Signals() {}

  /** SIGRTMIN: the lowest real-time signal that the C library leaves to programs. */
  public static int realTimeMin() {
    return RealTime.MIN;
  }

  /** SIGRTMAX. */
  public static int realTimeMax() {
    return RealTime.MAX;
  }

  /** sigaddset(3). A new set of {@link Memory#allocate} is empty. */
  public static void add(long set, int signal) {
    long word = word(set, signal);
    Memory.putLong(word, Memory.getLong(word) | bit(signal));
  }

  /** sigismember(3). */
  public static boolean contains(long set, int signal) {
    return (Memory.getLong(word(set, signal)) & bit(signal)) != 0;
  }

  private static long word(long set, int signal) {
    if (signal < 1 || signal > SET_BYTES * Byte.SIZE) {
      throw new IllegalArgumentException("no such signal: " + signal);
    }
    return set + (signal - 1) / Long.SIZE * (long) Long.BYTES;
  }

  private static long bit(int signal) {
    return 1L << (signal - 1) % Long.SIZE;
  }

  /**
   * signal(2) with SIG_IGN, for the whole process: where it is not blocked it does nothing.
   * Programs started by {@link ProcessBuilder} inherit that.
   *
   * @return 0 or {@code -errno}: {@code -EINVAL} for one of the C library's
   */
  public static int ignore(int signal) {
    return (int) Math.min(0, SIGNAL.pointerOrErrno(signal, SIG_IGN, 0, 0, 0, 0));
  }

  /**
   * pthread_sigmask(3) for the calling thread.
   *
   * @param how {@link #SIG_BLOCK}, {@link #SIG_UNBLOCK} or {@link #SIG_SETMASK}
   * @param set address of {@link #SET_BYTES} bytes
   * @return 0 or {@code -errno}
   */
  public static int mask(int how, long set) {
    return -PTHREAD_SIGMASK.once(how, set, 0); // the error is the result, positive
  }

  /**
   * The mask of the calling thread.
   *
   * @param set becomes the set of signals it blocks
   */
  public static int getMask(long set) {
    return -PTHREAD_SIGMASK.once(SIG_BLOCK, 0, set);
  }

  /**
   * sigtimedwait(2): takes a signal of the set off the queue, of several the one with the lowest
   * number. They must be blocked. {@code -EINTR} is returned, not repeated: a handler of the JVM
   * ran.
   *
   * @param info address of {@link #INFO_BYTES} bytes, filled in
   * @param timeoutNanos 0 returns at once, negative waits for ever
   * @return the signal, or {@code -EAGAIN} when the time has passed
   */
  public static int wait(long set, long info, long timeoutNanos) {
    if (timeoutNanos < 0) {
      return SIGTIMEDWAIT.once(set, info, 0);
    }
    CallState state = CallState.take();
    try {
      Timespec.put(state.struct(), timeoutNanos);
      return SIGTIMEDWAIT.once(set, info, state.struct());
    } finally {
      state.release();
    }
  }

  /** si_signo: the signal. */
  public static int signal(long info) {
    return Memory.getInt(info + SIGNAL_OFFSET);
  }

  /** si_code: what happened, {@link #POLL_IN} and so on when a descriptor sent it. */
  public static int code(long info) {
    return Memory.getInt(info + CODE_OFFSET);
  }

  /**
   * si_fd: the descriptor, by the number on which F_SETSIG was done; when it has been closed
   * meanwhile the number may be another's.
   */
  public static int descriptor(long info) {
    return Memory.getInt(info + FD_OFFSET);
  }

  /** si_band: what it is ready for, a set of the constants of {@link Poll}. */
  public static int band(long info) {
    return (int) Memory.getLong(info + BAND_OFFSET);
  }

  /** The C library computes them: constants in its headers, but calls in its ABI. */
  private static final class RealTime {
    static final int MIN = SystemCall.of("__libc_current_sigrtmin").once();
    static final int MAX = SystemCall.of("__libc_current_sigrtmax").once();
  }
}
