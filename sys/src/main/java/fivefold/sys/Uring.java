package fivefold.sys;

import java.lang.invoke.MethodHandle;

/**
 * The three system calls of io_uring(7), with the flags each of them takes: io_uring_setup(2),
 * io_uring_enter(2), io_uring_register(2).
 *
 * <p>Results are what the call returns, or {@code -errno}. {@link #enter} blocks when it is told to
 * wait, and must not be called on a virtual thread. {@link UringRing} keeps the queues between the
 * calls.
 *
 * <p>The comments name the kernel a flag came with; an older one answers {@code -EINVAL}.
 */
public final class Uring {
  /** A kernel thread polls the submission queue, and enter is needed only to wake it or to wait. */
  public static final int IORING_SETUP_SQPOLL = 1 << 1;

  public static final int IORING_SETUP_SQ_AFF = 1 << 2;

  /** The length of the completion queue is given; otherwise it is twice that of submissions. */
  public static final int IORING_SETUP_CQSIZE = 1 << 3;

  /** Queues that are too long are cut to what the kernel allows (5.6). */
  public static final int IORING_SETUP_CLAMP = 1 << 4;

  /** Nothing runs before {@link #IORING_REGISTER_ENABLE_RINGS} (5.10). */
  public static final int IORING_SETUP_R_DISABLED = 1 << 6;

  /** A request that fails at once does not keep the rest of the batch from being taken (5.18). */
  public static final int IORING_SETUP_SUBMIT_ALL = 1 << 7;

  public static final int IORING_SETUP_COOP_TASKRUN = 1 << 8;

  /** {@link #IORING_SQ_TASKRUN} is kept (5.19). */
  public static final int IORING_SETUP_TASKRUN_FLAG = 1 << 9;

  public static final int IORING_SETUP_SQE128 = 1 << 10;
  public static final int IORING_SETUP_CQE32 = 1 << 11;

  /** One thread submits: the one that set the ring up, or that enabled it (6.0). */
  public static final int IORING_SETUP_SINGLE_ISSUER = 1 << 12;

  /**
   * Work is done when that thread enters with {@link #IORING_ENTER_GETEVENTS}, and never in the
   * midst of something else; needs {@link #IORING_SETUP_SINGLE_ISSUER} (6.1).
   */
  public static final int IORING_SETUP_DEFER_TASKRUN = 1 << 13;

  /** No array of indices between the tail and the entries (6.6). */
  public static final int IORING_SETUP_NO_SQARRAY = 1 << 16;

  public static final int IORING_ENTER_GETEVENTS = 1;
  public static final int IORING_ENTER_SQ_WAKEUP = 1 << 1;
  public static final int IORING_ENTER_SQ_WAIT = 1 << 2;

  /** The argument is a {@link UringWait} (5.11). */
  public static final int IORING_ENTER_EXT_ARG = 1 << 3;

  /** The descriptor is an index that {@link #IORING_REGISTER_RING_FDS} gave (5.18). */
  public static final int IORING_ENTER_REGISTERED_RING = 1 << 4;

  /** A wait is not accounted as I/O wait (6.15). */
  public static final int IORING_ENTER_NO_IOWAIT = 1 << 7;

  public static final int IORING_FEAT_SINGLE_MMAP = 1;

  /** Completions that find the queue full wait in the kernel instead of being lost (5.5). */
  public static final int IORING_FEAT_NODROP = 1 << 1;

  /** What an entry points to is read while enter takes it, and may change afterwards (5.5). */
  public static final int IORING_FEAT_SUBMIT_STABLE = 1 << 2;

  public static final int IORING_FEAT_FAST_POLL = 1 << 5;
  public static final int IORING_FEAT_POLL_32BITS = 1 << 6;
  public static final int IORING_FEAT_EXT_ARG = 1 << 8;
  public static final int IORING_FEAT_NATIVE_WORKERS = 1 << 9;
  public static final int IORING_FEAT_RSRC_TAGS = 1 << 10;

  /** {@link UringSqe#IOSQE_CQE_SKIP_SUCCESS} (5.17). */
  public static final int IORING_FEAT_CQE_SKIP = 1 << 11;

  public static final int IORING_FEAT_LINKED_FILE = 1 << 12;
  public static final int IORING_FEAT_REG_REG_RING = 1 << 13;
  public static final int IORING_FEAT_RECVSEND_BUNDLE = 1 << 14;

  /** The struct of {@link UringWait} may have a least time to wait (6.12). */
  public static final int IORING_FEAT_MIN_TIMEOUT = 1 << 15;

  public static final int IORING_FEAT_RW_ATTR = 1 << 16;
  public static final int IORING_FEAT_NO_IOWAIT = 1 << 17;

  public static final int IORING_REGISTER_EVENTFD = 4;
  public static final int IORING_UNREGISTER_EVENTFD = 5;
  public static final int IORING_REGISTER_PROBE = 8;
  public static final int IORING_REGISTER_ENABLE_RINGS = 12;
  public static final int IORING_REGISTER_FILES2 = 13;
  public static final int IORING_REGISTER_FILES_UPDATE2 = 14;
  public static final int IORING_UNREGISTER_FILES = 3;
  public static final int IORING_REGISTER_FILES_UPDATE = 6;
  public static final int IORING_REGISTER_IOWQ_MAX_WORKERS = 19;
  public static final int IORING_REGISTER_RING_FDS = 20;
  public static final int IORING_UNREGISTER_RING_FDS = 21;
  public static final int IORING_REGISTER_PBUF_RING = 22;
  public static final int IORING_UNREGISTER_PBUF_RING = 23;
  public static final int IORING_REGISTER_SYNC_CANCEL = 24;
  public static final int IORING_REGISTER_FILE_ALLOC_RANGE = 25;
  public static final int IORING_REGISTER_PBUF_STATUS = 26;
  public static final int IORING_REGISTER_NAPI = 27;
  public static final int IORING_UNREGISTER_NAPI = 28;

  /** Flags the kernel sets in the submission queue. */
  public static final int IORING_SQ_NEED_WAKEUP = 1;

  public static final int IORING_SQ_CQ_OVERFLOW = 1 << 1;
  public static final int IORING_SQ_TASKRUN = 1 << 2;

  /** A flag that is set in the completion queue: no signals to the eventfd. */
  static final int IORING_CQ_EVENTFD_DISABLED = 1;

  static final long IORING_OFF_SQ_RING = 0;
  static final long IORING_OFF_SQES = 0x10000000L;

  /** The same numbers on every architecture, include/uapi/asm-generic/unistd.h. */
  static final int SYS_io_uring_setup = 425;

  static final int SYS_io_uring_enter = 426;
  static final int SYS_io_uring_register = 427;

  private static final SystemCall SYSCALL = SystemCall.of("syscall");
  private static final MethodHandle ENTER = Native.linkSystemCall();

  private Uring() {}

  /**
   * io_uring_setup(2).
   *
   * @param entries length of the submission queue, rounded up to a power of two
   * @param params address of a {@link UringParams}, which the kernel fills in
   * @return the ring's descriptor, close-on-exec
   */
  public static int setup(int entries, long params) {
    return SYSCALL.once(SYS_io_uring_setup, entries, params);
  }

  /**
   * io_uring_enter(2): submits and waits in one call. {@code -EINTR} is returned, not repeated.
   *
   * <p>When entries were taken, the result is their number, whatever came of the wait: its {@code
   * -ETIME} or {@code -EINTR} is told only when there was nothing to submit.
   *
   * @param toSubmit how many entries of the submission queue to take
   * @param minComplete how many completions to wait for, with {@link #IORING_ENTER_GETEVENTS}
   * @param flags a set of the IORING_ENTER constants
   * @param argument with {@link #IORING_ENTER_EXT_ARG} address of a {@link UringWait}, else 0
   * @return how many entries were taken
   */
  public static int enter(
      int fd, int toSubmit, int minComplete, int flags, long argument, int argumentBytes) {
    CallState state = CallState.take();
    try {
      int result =
          (int)
              (long)
                  ENTER.invokeExact(
                      state.segment(),
                      (long) SYS_io_uring_enter,
                      (long) fd,
                      (long) toSubmit,
                      (long) minComplete,
                      (long) flags,
                      argument,
                      (long) argumentBytes);
      return result != -1 ? result : -state.errno();
    } catch (Throwable thrown) {
      throw Native.impossible(thrown);
    } finally {
      state.release();
    }
  }

  /**
   * io_uring_register(2).
   *
   * @param opcode one of the IORING_REGISTER and IORING_UNREGISTER constants
   * @param argument what the opcode asks for, or 0
   * @param count of what is at argument: for some opcodes its elements, for some its bytes
   */
  public static int register(int fd, int opcode, long argument, int count) {
    return SYSCALL.once(SYS_io_uring_register, fd, opcode, argument, count);
  }
}
