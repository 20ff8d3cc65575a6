package fivefold.sys;

/**
 * struct io_uring_cqe, one completion, and what its flags mean, io_uring_enter(2).
 *
 * <pre>{@code
 * int flags = ring.flags(i);
 * if (UringCqe.hasBuffer(flags)) {
 *   long data = buffers.take(UringCqe.bufferId(flags), ring.result(i));
 * }
 * boolean armed = UringCqe.hasMore(flags);
 * }</pre>
 */
public final class UringCqe {
  /** The buffer's id is in the upper half of the flags. */
  public static final int IORING_CQE_F_BUFFER = 1;

  /** The multishot request goes on; without it, it has ended, whatever the result. */
  public static final int IORING_CQE_F_MORE = 1 << 1;

  /** There is more to receive already. */
  public static final int IORING_CQE_F_SOCK_NONEMPTY = 1 << 2;

  /** The second completion of a zero-copy send: its memory is free again. */
  public static final int IORING_CQE_F_NOTIF = 1 << 3;

  /** The kernel will put more into that buffer, {@link BufferRing} (6.12). */
  public static final int IORING_CQE_F_BUF_MORE = 1 << 4;

  public static final int IORING_CQE_BUFFER_SHIFT = 16;

  static final int BYTES = 16;
  static final int USER_DATA_OFFSET = 0;
  static final int RESULT_OFFSET = 8;
  static final int FLAGS_OFFSET = 12;

  private UringCqe() {}

  /** Whether a buffer of a {@link BufferRing} was used. */
  public static boolean hasBuffer(int flags) {
    return (flags & IORING_CQE_F_BUFFER) != 0;
  }

  /** Which buffer was used, when {@link #hasBuffer}. */
  public static int bufferId(int flags) {
    return flags >>> IORING_CQE_BUFFER_SHIFT;
  }

  /** Whether the request that completed is still armed. */
  public static boolean hasMore(int flags) {
    return (flags & IORING_CQE_F_MORE) != 0;
  }

  /** Whether the kernel keeps the buffer for more: it must not be added again yet. */
  public static boolean bufferHasMore(int flags) {
    return (flags & IORING_CQE_F_BUF_MORE) != 0;
  }
}
