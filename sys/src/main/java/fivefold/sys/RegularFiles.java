package fivefold.sys;

/**
 * Files on a disk, by descriptor: what {@code sendfile(2)} needs, and {@code FileChannel} does not
 * show.
 *
 * <p>Results are what the call returns, or {@code -errno}. Any thread may call. All of them may
 * wait for the disk, and Linux has no way to ask for less: O_NONBLOCK means nothing to a regular
 * file (open(2)).
 */
public final class RegularFiles {
  // struct statx is the same on every architecture, unlike struct stat (statx(2)).
  static final int AT_EMPTY_PATH = 0x1000;
  static final int STATX_SIZE = 0x200;
  static final int STATX_BYTES = 256;
  static final int STX_SIZE_OFFSET = 40;

  private static final SystemCall STATX = SystemCall.of("statx");
  private static final SystemCall PREAD = SystemCall.of("pread");
  private static final SystemCall SENDFILE = SystemCall.of("sendfile");

  private RegularFiles() {}

  /** open(2) for reading, not inherited by started programs. The path is encoded as UTF-8. */
  public static int openForReading(String path) {
    return Descriptors.open(path, Descriptors.O_RDONLY);
  }

  /** statx(2): the size of the open file now. */
  public static long size(int fd) {
    long memory = Memory.allocate(STATX_BYTES);
    try {
      // Its first byte is the empty path: the file is the descriptor's.
      int result = STATX.once(fd, memory, AT_EMPTY_PATH, STATX_SIZE, memory);
      return result < 0 ? result : Memory.getLong(memory + STX_SIZE_OFFSET);
    } finally {
      Memory.free(memory);
    }
  }

  /**
   * pread(2), repeated when interrupted.
   *
   * @return bytes read, 0 at or behind the end of the file
   */
  public static int read(int fd, long address, int bytes, long position) {
    return PREAD.repeat(fd, address, bytes, position, 0, 0);
  }

  /**
   * sendfile(2) from a position in a file, whose own offset it leaves alone; repeated when
   * interrupted. On a nonblocking socket it does not wait for the peer; for the disk it does. To a
   * peer that is gone it raises SIGPIPE, which the JVM ignores.
   *
   * @return bytes the socket has taken, possibly fewer; 0 at or behind the end of the file; {@code
   *     -EAGAIN} when the socket takes none; {@code -EINVAL} when the file cannot be sent so
   */
  public static int send(int socket, int file, long position, int bytes) {
    CallState state = CallState.take();
    try {
      Memory.putLong(state.struct(), position);
      return SENDFILE.repeat(socket, file, state.struct(), bytes, 0, 0);
    } finally {
      state.release();
    }
  }
}
