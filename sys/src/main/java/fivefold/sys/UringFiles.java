package fivefold.sys;

/**
 * Direct descriptors: a ring's own table of open files, io_uring_register(2). They are indices,
 * take no number of the process's, and are used with {@link UringSqe#IOSQE_FIXED_FILE}.
 *
 * <p>Results are what the call returns, or {@code -errno}. On a ring with {@link
 * Uring#IORING_SETUP_SINGLE_ISSUER} only its thread may call, or any before the ring is enabled.
 */
public final class UringFiles {
  static final int IORING_RSRC_REGISTER_SPARSE = 1;

  /** struct io_uring_rsrc_register. */
  static final int REGISTER_BYTES = 32;

  static final int REGISTER_COUNT_OFFSET = 0;
  static final int REGISTER_FLAGS_OFFSET = 4;
  static final int REGISTER_DATA_OFFSET = 16;

  /** struct io_uring_rsrc_update. */
  static final int UPDATE_BYTES = 16;

  static final int UPDATE_INDEX_OFFSET = 0;
  static final int UPDATE_DATA_OFFSET = 8;

  /** struct io_uring_file_index_range. */
  static final int RANGE_BYTES = 16;

  static final int RANGE_FIRST_OFFSET = 0;
  static final int RANGE_COUNT_OFFSET = 4;

  private UringFiles() {}

  /**
   * Makes a table of free entries (5.19).
   *
   * @param ringFd {@link UringRing#descriptor}
   * @param count at most the soft limit {@link Limits#RLIMIT_NOFILE}, {@code -EMFILE} above it
   */
  public static int register(int ringFd, int count) {
    CallState state = CallState.take();
    try {
      long struct = state.struct();
      Memory.setZero(struct, REGISTER_BYTES);
      Memory.putInt(struct + REGISTER_COUNT_OFFSET, count);
      Memory.putInt(struct + REGISTER_FLAGS_OFFSET, IORING_RSRC_REGISTER_SPARSE);
      return Uring.register(ringFd, Uring.IORING_REGISTER_FILES2, struct, REGISTER_BYTES);
    } finally {
      state.release();
    }
  }

  /** Gives the table up, and closes what is in it. */
  public static int unregister(int ringFd) {
    return Uring.register(ringFd, Uring.IORING_UNREGISTER_FILES, 0, 0);
  }

  /**
   * Puts a descriptor's file into an entry of the table, which keeps it open.
   *
   * @param fd a descriptor, or -1 to free the entry
   * @return 1, or {@code -errno}
   */
  public static int set(int ringFd, int index, int fd) {
    CallState state = CallState.take();
    try {
      long struct = state.struct();
      long fds = struct + UPDATE_BYTES;
      Memory.setZero(struct, UPDATE_BYTES);
      Memory.putInt(struct + UPDATE_INDEX_OFFSET, index);
      Memory.putLong(struct + UPDATE_DATA_OFFSET, fds);
      Memory.putInt(fds, fd);
      return Uring.register(ringFd, Uring.IORING_REGISTER_FILES_UPDATE, struct, 1);
    } finally {
      state.release();
    }
  }

  /**
   * From which entries {@link UringSqe#IORING_FILE_INDEX_ALLOC} takes (6.0); the others are left to
   * {@link #set}.
   */
  public static int setAllocationRange(int ringFd, int first, int count) {
    CallState state = CallState.take();
    try {
      long struct = state.struct();
      Memory.setZero(struct, RANGE_BYTES);
      Memory.putInt(struct + RANGE_FIRST_OFFSET, first);
      Memory.putInt(struct + RANGE_COUNT_OFFSET, count);
      return Uring.register(ringFd, Uring.IORING_REGISTER_FILE_ALLOC_RANGE, struct, 0);
    } finally {
      state.release();
    }
  }
}
