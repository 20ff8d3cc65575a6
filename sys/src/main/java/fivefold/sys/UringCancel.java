package fivefold.sys;

/** struct io_uring_sync_cancel_reg, io_uring_register(2): cancelling and waiting in one call. */
public final class UringCancel {
  static final int BYTES = 64;
  static final int TARGET_OFFSET = 0;
  static final int FD_OFFSET = 8;
  static final int FLAGS_OFFSET = 12;
  static final int TIMEOUT_OFFSET = 16;

  private UringCancel() {}

  /**
   * Cancels all requests of a ring and waits until they have ended (6.0). Their completions are
   * posted. Blocks.
   *
   * @param ringFd {@link UringRing#descriptor}
   * @param timeoutNanos the longest wait, {@code -ETIME} after it
   * @return how many were cancelled; {@code -ENOENT} or 0 for none
   */
  public static int cancelAll(int ringFd, long timeoutNanos) {
    long struct = Memory.allocate(BYTES);
    try {
      int flags = UringSqe.IORING_ASYNC_CANCEL_ANY | UringSqe.IORING_ASYNC_CANCEL_ALL;
      Memory.putInt(struct + FD_OFFSET, -1);
      Memory.putInt(struct + FLAGS_OFFSET, flags);
      Timespec.put(struct + TIMEOUT_OFFSET, timeoutNanos);
      return Uring.register(ringFd, Uring.IORING_REGISTER_SYNC_CANCEL, struct, 1);
    } finally {
      Memory.free(struct);
    }
  }
}
