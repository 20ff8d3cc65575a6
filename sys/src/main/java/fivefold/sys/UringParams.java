package fivefold.sys;

/**
 * struct io_uring_params, io_uring_setup(2): what is asked of a ring, and then where the kernel has
 * put its parts.
 */
public final class UringParams {
  public static final int BYTES = 120;

  static final int SQ_ENTRIES_OFFSET = 0;
  static final int CQ_ENTRIES_OFFSET = 4;
  static final int FLAGS_OFFSET = 8;
  static final int SQ_THREAD_IDLE_OFFSET = 16;
  static final int FEATURES_OFFSET = 20;

  /**
   * struct io_sqring_offsets: of the submission queue's parts in the mapped memory, an int each.
   */
  static final int SQ_OFFSETS = 40;

  static final int SQ_HEAD_OFFSET = SQ_OFFSETS;
  static final int SQ_TAIL_OFFSET = SQ_OFFSETS + 4;
  static final int SQ_FLAGS_OFFSET = SQ_OFFSETS + 16;
  static final int SQ_ARRAY_OFFSET = SQ_OFFSETS + 24;

  /** struct io_cqring_offsets: of the completion queue's parts. */
  static final int CQ_OFFSETS = 80;

  static final int CQ_HEAD_OFFSET = CQ_OFFSETS;
  static final int CQ_TAIL_OFFSET = CQ_OFFSETS + 4;
  static final int CQ_OVERFLOW_OFFSET = CQ_OFFSETS + 16;
  static final int CQ_CQES_OFFSET = CQ_OFFSETS + 20;
  static final int CQ_FLAGS_OFFSET = CQ_OFFSETS + 24;

  private UringParams() {}

  /**
   * Fills in what is asked for.
   *
   * @param params address of {@link #BYTES} bytes
   * @param flags a set of the IORING_SETUP constants
   * @param cqEntries length of the completion queue with {@link Uring#IORING_SETUP_CQSIZE}
   */
  public static void put(long params, int flags, int cqEntries) {
    Memory.setZero(params, BYTES);
    Memory.putInt(params + FLAGS_OFFSET, flags);
    Memory.putInt(params + CQ_ENTRIES_OFFSET, cqEntries);
  }

  /**
   * With {@link Uring#IORING_SETUP_SQPOLL}: how long the kernel's thread polls before it sleeps.
   */
  public static void putIdleMillis(long params, int idleMillis) {
    Memory.putInt(params + SQ_THREAD_IDLE_OFFSET, idleMillis);
  }

  /** The length that the submission queue got. */
  public static int sqEntries(long params) {
    return Memory.getInt(params + SQ_ENTRIES_OFFSET);
  }

  /** The length that the completion queue got. */
  public static int cqEntries(long params) {
    return Memory.getInt(params + CQ_ENTRIES_OFFSET);
  }

  /** What the kernel can do: a set of the IORING_FEAT constants. */
  public static int features(long params) {
    return Memory.getInt(params + FEATURES_OFFSET);
  }

  /** One of the offsets that the kernel filled in. */
  static long offset(long params, int which) {
    return Integer.toUnsignedLong(Memory.getInt(params + which));
  }
}
