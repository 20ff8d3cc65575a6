package fivefold.sys;

/**
 * What an entry of the submission queue can ask for: the IORING_OP numbers, io_uring_enter(2),
 * those that serve sockets, timers and the ring itself. Which of them a kernel knows is told by
 * {@link UringProbe}.
 */
public final class UringOperation {
  public static final int IORING_OP_NOP = 0;
  public static final int IORING_OP_POLL_ADD = 6;
  public static final int IORING_OP_POLL_REMOVE = 7;
  public static final int IORING_OP_SENDMSG = 9;
  public static final int IORING_OP_RECVMSG = 10;
  public static final int IORING_OP_TIMEOUT = 11;
  public static final int IORING_OP_TIMEOUT_REMOVE = 12;
  public static final int IORING_OP_ACCEPT = 13;
  public static final int IORING_OP_ASYNC_CANCEL = 14;
  public static final int IORING_OP_LINK_TIMEOUT = 15;
  public static final int IORING_OP_CONNECT = 16;
  public static final int IORING_OP_CLOSE = 19;
  public static final int IORING_OP_FILES_UPDATE = 20;
  public static final int IORING_OP_READ = 22;
  public static final int IORING_OP_WRITE = 23;
  public static final int IORING_OP_SEND = 26;
  public static final int IORING_OP_RECV = 27;
  public static final int IORING_OP_EPOLL_CTL = 29;
  public static final int IORING_OP_SHUTDOWN = 34;

  /** Since 5.18. */
  public static final int IORING_OP_MSG_RING = 40;

  /** Since 5.19. */
  public static final int IORING_OP_SOCKET = 45;

  public static final int IORING_OP_URING_CMD = 46;

  /** Since 6.0. */
  public static final int IORING_OP_SEND_ZC = 47;

  /** Since 6.1. */
  public static final int IORING_OP_SENDMSG_ZC = 48;

  /** Since 6.7. */
  public static final int IORING_OP_READ_MULTISHOT = 49;

  /** Since 6.8. */
  public static final int IORING_OP_FIXED_FD_INSTALL = 54;

  /** Since 6.11. */
  public static final int IORING_OP_BIND = 56;

  /** Since 6.11. */
  public static final int IORING_OP_LISTEN = 57;

  private UringOperation() {}
}
