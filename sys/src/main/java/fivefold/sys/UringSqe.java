package fivefold.sys;

/**
 * struct io_uring_sqe, one entry of the submission queue: its layout and the flags that go into it,
 * io_uring_enter(2). {@link UringPrepare} fills entries in.
 */
public final class UringSqe {
  public static final int BYTES = 64;

  /** The descriptor is the index of a direct one, {@link UringFiles}. */
  public static final int IOSQE_FIXED_FILE = 1;

  /** Starts when all before it have completed. */
  public static final int IOSQE_IO_DRAIN = 1 << 1;

  /** The next entry starts when this one has succeeded, and is cancelled when it fails. */
  public static final int IOSQE_IO_LINK = 1 << 2;

  /** The next entry starts when this one has completed, failed or not. */
  public static final int IOSQE_IO_HARDLINK = 1 << 3;

  public static final int IOSQE_ASYNC = 1 << 4;
  public static final int IOSQE_BUFFER_SELECT = 1 << 5;

  /** Only a failure posts a completion (5.17); for a send a short one too, with MSG_WAITALL. */
  public static final int IOSQE_CQE_SKIP_SUCCESS = 1 << 6;

  /** Of accept, in ioprio (5.19). */
  public static final int IORING_ACCEPT_MULTISHOT = 1;

  /** Of receives and sends, in ioprio: waits first, without trying (5.19). */
  public static final int IORING_RECVSEND_POLL_FIRST = 1;

  /** Of receives, in ioprio (6.0). */
  public static final int IORING_RECV_MULTISHOT = 1 << 1;

  /** Of zero-copy sends, in ioprio (6.0). */
  public static final int IORING_RECVSEND_FIXED_BUF = 1 << 2;

  /** Several buffers in one completion (6.10). */
  public static final int IORING_RECVSEND_BUNDLE = 1 << 4;

  public static final int IORING_POLL_ADD_MULTI = 1;
  public static final int IORING_POLL_ADD_LEVEL = 1 << 3;

  public static final int IORING_TIMEOUT_ABS = 1;
  public static final int IORING_TIMEOUT_ETIME_SUCCESS = 1 << 5;

  /** Since 6.4. */
  public static final int IORING_TIMEOUT_MULTISHOT = 1 << 6;

  /** All requests that match; the result is how many (5.19). */
  public static final int IORING_ASYNC_CANCEL_ALL = 1;

  /** Those on a descriptor. */
  public static final int IORING_ASYNC_CANCEL_FD = 1 << 1;

  public static final int IORING_ASYNC_CANCEL_ANY = 1 << 2;

  /** The descriptor is a direct one (6.0). */
  public static final int IORING_ASYNC_CANCEL_FD_FIXED = 1 << 3;

  public static final int IORING_MSG_DATA = 0;
  public static final int IORING_MSG_SEND_FD = 1;
  public static final int IORING_MSG_RING_CQE_SKIP = 1;

  /** The kernel chooses a free index for a new direct descriptor (5.19). */
  public static final int IORING_FILE_INDEX_ALLOC = -1;

  /** Of {@link UringOperation#IORING_OP_URING_CMD} on a socket: setsockopt(2) (6.7). */
  static final int SOCKET_URING_OP_SETSOCKOPT = 3;

  static final int OPCODE_OFFSET = 0;
  static final int FLAGS_OFFSET = 1;
  static final int IOPRIO_OFFSET = 2;
  static final int FD_OFFSET = 4;
  static final int OFF_OFFSET = 8;
  static final int ADDR_OFFSET = 16;
  static final int LEN_OFFSET = 24;

  /** msg_flags, accept_flags, poll32_events, timeout_flags, cancel_flags, msg_ring_flags. */
  static final int OPERATION_FLAGS_OFFSET = 28;

  static final int USER_DATA_OFFSET = 32;
  static final int BUF_GROUP_OFFSET = 40;
  static final int FILE_INDEX_OFFSET = 44;
  static final int ADDR_LEN_OFFSET = 44;

  static final int COMMAND_OFFSET = 8;
  static final int OPTION_LEVEL_OFFSET = 16;
  static final int OPTION_NAME_OFFSET = 20;
  static final int OPTION_LENGTH_OFFSET = 44;
  static final int OPTION_VALUE_OFFSET = 48;

  private UringSqe() {}

  /** Writes what every operation has, over an entry that is zero. */
  static void put(long sqe, int operation, int flags, int ioprio, int fd, long userData) {
    Memory.putByte(sqe + OPCODE_OFFSET, (byte) operation);
    Memory.putByte(sqe + FLAGS_OFFSET, (byte) flags);
    Memory.putShort(sqe + IOPRIO_OFFSET, (short) ioprio);
    Memory.putInt(sqe + FD_OFFSET, fd);
    Memory.putLong(sqe + USER_DATA_OFFSET, userData);
  }

  /** Makes an entry zero. */
  static void clear(long sqe) {
    for (long at = sqe; at < sqe + BYTES; at += Long.BYTES) {
      Memory.putLong(at, 0);
    }
  }

  /** Changes how many bytes an entry that has not been submitted is for. */
  public static void putLength(long sqe, int bytes) {
    Memory.putInt(sqe + LEN_OFFSET, bytes);
  }
}
