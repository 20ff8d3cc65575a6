package fivefold.sys;

/**
 * Waiting for child processes, those of {@link Spawn}: waitpid(2), pidfd_open(2).
 *
 * <p>Results are what the call returns, or {@code -errno}. Any thread may call; {@link #wait}
 * blocks without {@link #WNOHANG} and must not be called on a virtual thread then. Wait for the own
 * children by their ids only: any other may be one of {@link ProcessBuilder}, which waits itself.
 */
public final class Children {
  /** Returns at once when the child is still running. */
  public static final int WNOHANG = 1;

  static final int SYS_pidfd_open = 434;

  private static final int SHELL_SIGNAL_BASE = 128;

  private static final SystemCall WAITPID = SystemCall.of("waitpid");

  private Children() {}

  /**
   * waitpid(2), repeated when interrupted: takes the end of a child, whose id is free then.
   *
   * @param pid a child
   * @param addressOfStatus an int, for {@link #exitCode}
   * @param options {@link #WNOHANG} or 0
   * @return the child's id, 0 when it is still running, {@code -ECHILD} when it is no child or was
   *     taken before
   */
  public static int wait(int pid, long addressOfStatus, int options) {
    return WAITPID.repeat(pid, addressOfStatus, options);
  }

  /**
   * How a child ended, as a shell tells it.
   *
   * @param status what {@link #wait} stored
   * @return the exit code, or 128 and the signal that killed it
   */
  public static int exitCode(int status) {
    int signal = status & 0x7F; // WTERMSIG; 0 for WIFEXITED
    return signal == 0 ? status >> 8 & 0xFF : SHELL_SIGNAL_BASE + signal;
  }

  /**
   * pidfd_open(2): a close-on-exec descriptor that becomes readable when the process ends, for
   * poll, epoll and io_uring (5.3).
   *
   * @param pid a child, or any other process
   */
  public static int openDescriptor(int pid) {
    return PidFd.SYSCALL.once(SYS_pidfd_open, pid, 0);
  }

  private static final class PidFd {
    static final SystemCall SYSCALL = SystemCall.of("syscall");
  }
}
