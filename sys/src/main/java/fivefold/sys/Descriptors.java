package fivefold.sys;

import java.nio.charset.StandardCharsets;

/**
 * File descriptors of any kind: sockets, pipes, terminals, event and timer descriptors.
 *
 * <p>Results are what the call returns, or {@code -errno}. Any thread may call. {@link #read},
 * {@link #write}, {@link #readv} and {@link #writev} block on a blocking descriptor: never call
 * them on a virtual thread then, for they would hold its carrier.
 */
public final class Descriptors {
  public static final int O_RDONLY = 0;
  public static final int O_RDWR = 2;

  /** A terminal that is opened does not become the process's own, open(2). */
  public static final int O_NOCTTY = 0x100;

  public static final int O_NONBLOCK = 0x800;
  public static final int O_CLOEXEC = 0x80000;

  /** Sends the signal of {@link #setSignal} whenever the descriptor becomes ready, fcntl(2). */
  public static final int O_ASYNC = 0x2000;

  /** Size of a struct iovec: the base address and the length, 8 bytes each. */
  public static final int IOV_BYTES = 16;

  /** The most entries that {@link #readv} and {@link #writev} accept (UIO_MAXIOV). */
  public static final int IOV_MAX = 1024;

  static final int IOV_BASE_OFFSET = 0;
  static final int IOV_LENGTH_OFFSET = 8;

  static final int F_DUPFD_CLOEXEC = 1030;
  static final int F_GETFD = 1;
  static final int F_SETFD = 2;
  static final int F_GETFL = 3;
  static final int F_SETFL = 4;
  static final int F_SETSIG = 10;
  static final int F_SETOWN_EX = 15;
  static final int F_OWNER_TID = 0;
  static final int FD_CLOEXEC = 1;
  static final int FIONREAD = 0x541B;
  static final int SIOCGSTAMPNS = 0x8907;

  /** struct f_owner_ex: the kind of owner and its id, an int each. */
  static final int OWNER_BYTES = 8;

  static final int OWNER_ID_OFFSET = 4;

  private static final SystemCall CLOSE = SystemCall.of("close");
  private static final SystemCall READ = SystemCall.of("read");
  private static final SystemCall WRITE = SystemCall.of("write");
  private static final SystemCall READV = SystemCall.of("readv");
  private static final SystemCall WRITEV = SystemCall.of("writev");

  private Descriptors() {}

  /**
   * open(2) of what is there, not inherited by started programs. The path is encoded as UTF-8.
   *
   * <p>With {@link #O_NONBLOCK} the descriptor alone does not block: a terminal that is opened anew
   * leaves as they are the flags of standard input, which other programs share.
   *
   * @param flags {@link #O_RDONLY} or {@link #O_RDWR}, with others of this class
   */
  public static int open(String path, int flags) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    long memory = Memory.allocate(name.length + 1);
    try {
      Memory.buffer(memory, name.length + 1).put(name).put((byte) 0);
      return Control.OPEN.repeat(memory, flags | O_CLOEXEC, 0);
    } finally {
      Memory.free(memory);
    }
  }

  /**
   * close(2). Never repeated, not even after {@code -EINTR}: Linux has released the descriptor by
   * then, and its number may already be another thread's.
   */
  public static int close(int fd) {
    return CLOSE.once(fd);
  }

  /**
   * read(2), repeated when interrupted.
   *
   * @return bytes read, 0 at the end, {@code -EAGAIN} when nothing is there on a nonblocking fd
   */
  public static long read(int fd, long address, long bytes) {
    return READ.repeat(fd, address, bytes);
  }

  /**
   * write(2), repeated when interrupted. Writing to a closed socket or pipe gives {@code -EPIPE}:
   * the JVM ignores SIGPIPE.
   *
   * @return bytes written, possibly fewer than asked for
   */
  public static long write(int fd, long address, long bytes) {
    return WRITE.repeat(fd, address, bytes);
  }

  /**
   * readv(2), repeated when interrupted.
   *
   * @param iov address of entries written by {@link #putIov}
   * @param count how many, at most {@link #IOV_MAX}
   */
  public static long readv(int fd, long iov, int count) {
    return READV.repeat(fd, iov, count);
  }

  /**
   * writev(2), repeated when interrupted.
   *
   * @param iov address of entries written by {@link #putIov}
   * @param count how many, at most {@link #IOV_MAX}
   * @return bytes written, possibly ending within an entry
   */
  public static long writev(int fd, long iov, int count) {
    return WRITEV.repeat(fd, iov, count);
  }

  /** Writes one struct iovec of an array, readv(2). */
  public static void putIov(long iov, int index, long base, long bytes) {
    long entry = iov + (long) index * IOV_BYTES;
    Memory.putLong(entry + IOV_BASE_OFFSET, base);
    Memory.putLong(entry + IOV_LENGTH_OFFSET, bytes);
  }

  /** fcntl(2) F_GETFL: the access mode and the status flags, {@link #O_NONBLOCK} among them. */
  public static int getFlags(int fd) {
    return Control.FCNTL.once(fd, F_GETFL, 0);
  }

  /** fcntl(2) F_SETFL. */
  public static int setFlags(int fd, int flags) {
    return Control.FCNTL.once(fd, F_SETFL, flags);
  }

  /**
   * Sets or clears {@link #O_NONBLOCK}, fcntl(2). It belongs to the open file, so that every
   * duplicate of the descriptor changes with it, in other processes too.
   */
  public static int setNonBlocking(int fd, boolean on) {
    int flags = getFlags(fd);
    return flags < 0 ? flags : setFlags(fd, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
  }

  /** Sets or clears FD_CLOEXEC, fcntl(2): whether a started program does not inherit it. */
  public static int setCloseOnExec(int fd, boolean on) {
    int flags = Control.FCNTL.once(fd, F_GETFD, 0);
    return flags < 0
        ? flags
        : Control.FCNTL.once(fd, F_SETFD, on ? flags | FD_CLOEXEC : flags & ~FD_CLOEXEC);
  }

  /**
   * fcntl(2) F_SETSIG: which signal {@link #O_ASYNC} sends, with the descriptor in it; 0 for SIGIO
   * without. Real-time signals queue up to {@link Limits#RLIMIT_SIGPENDING}, SIGIO comes beyond it.
   */
  public static int setSignal(int fd, int signal) {
    return Control.FCNTL.once(fd, F_SETSIG, signal);
  }

  /** fcntl(2) F_SETOWN_EX: to which thread the signal goes, {@link Processes#tid}. */
  public static int setSignalOwner(int fd, int tid) {
    CallState state = CallState.take();
    try {
      Memory.putInt(state.struct(), F_OWNER_TID);
      Memory.putInt(state.struct() + OWNER_ID_OFFSET, tid);
      return Control.FCNTL.once(fd, F_SETOWN_EX, state.struct());
    } finally {
      state.release();
    }
  }

  /**
   * pipe2(2).
   *
   * @param addressOfTwoInts where the read end and then the write end are stored
   * @param flags {@link #O_NONBLOCK}, {@link #O_CLOEXEC}
   */
  public static int pipe(long addressOfTwoInts, int flags) {
    return Control.PIPE2.once(addressOfTwoInts, flags);
  }

  /** fcntl(2) F_DUPFD_CLOEXEC: a new descriptor for the same open file. */
  public static int duplicate(int fd) {
    return Control.FCNTL.once(fd, F_DUPFD_CLOEXEC, 0);
  }

  /**
   * dup3(2): makes a given number a duplicate, closing what it was.
   *
   * @param flags {@link #O_CLOEXEC} or 0
   */
  public static int duplicate(int fd, int onto, int flags) {
    return Control.DUP3.repeat(fd, onto, flags);
  }

  /**
   * fchmod(2). On Linux the mode of a Unix socket limits that of the file which bind(2) makes.
   *
   * @param mode the lowest nine bits: {@code 0600}
   */
  public static int setMode(int fd, int mode) {
    return Control.FCHMOD.once(fd, mode);
  }

  /** ioctl(2) FIONREAD: how many bytes can be read without waiting. */
  public static int readableBytes(int fd) {
    CallState state = CallState.take();
    try {
      int result = Control.IOCTL.once(fd, FIONREAD, state.struct());
      return result < 0 ? result : Memory.getInt(state.struct());
    } finally {
      state.release();
    }
  }

  /**
   * ioctl(2) SIOCGSTAMPNS, socket(7): when the network gave the kernel the datagram that was
   * received last, in nanoseconds since 1970. The first call has the kernel begin to note it.
   *
   * @return {@code -ENOENT} when nothing has been received since it was first asked
   */
  public static long lastArrivalNanos(int fd) {
    CallState state = CallState.take();
    try {
      int result = Control.IOCTL.once(fd, SIOCGSTAMPNS, state.struct());
      return result < 0 ? result : Timespec.nanos(state.struct());
    } finally {
      state.release();
    }
  }

  /** The calls that no hot path makes, linked when the first of them is. */
  private static final class Control {
    static final SystemCall OPEN = SystemCall.of("open");
    static final SystemCall FCNTL = SystemCall.of("fcntl");
    static final SystemCall FCHMOD = SystemCall.of("fchmod");
    static final SystemCall IOCTL = SystemCall.of("ioctl");
    static final SystemCall PIPE2 = SystemCall.of("pipe2");
    static final SystemCall DUP3 = SystemCall.of("dup3");
  }
}
