package fivefold.net.asynchronous;

import fivefold.sys.Memory;

/**
 * Where bytes stand that the kernel is to send with the next submission, close together. A send
 * that does not wait (MSG_DONTWAIT) is over when the submission returns, so all of it is free again
 * then.
 */
final class SendArena implements AutoCloseable {
  /** A turn's worth: a thousand connections with sixteen answers of 64 bytes each. */
  private static final int CAPACITY_BYTES = 4 << 20;

  private final long memory = Memory.allocate(CAPACITY_BYTES);
  private int used;

  /** Copies the bytes; 0 when there is no room before the next submission. */
  long add(long address, int bytes) {
    if (bytes > CAPACITY_BYTES - used) {
      return 0;
    }
    long place = memory + used;
    Memory.copy(address, place, bytes);
    used += bytes;
    return place;
  }

  /** Where the next bytes would be put. */
  long end() {
    return memory + used;
  }

  /** The submission is over. */
  void clear() {
    used = 0;
  }

  @Override
  public void close() {
    Memory.free(memory);
  }
}
