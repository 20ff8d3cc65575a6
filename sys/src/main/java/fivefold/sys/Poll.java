package fivefold.sys;

/**
 * poll(2): the caller hands over the whole list of descriptors with every call.
 *
 * <p>Any thread may call; {@link #poll} blocks and must not be called on a virtual thread.
 */
public final class Poll {
  public static final int POLLIN = 0x1;
  public static final int POLLPRI = 0x2;
  public static final int POLLOUT = 0x4;
  public static final int POLLERR = 0x8;
  public static final int POLLHUP = 0x10;
  public static final int POLLNVAL = 0x20;
  public static final int POLLRDHUP = 0x2000;

  /** Size of a struct pollfd: the descriptor (int), what is asked and what is so (short each). */
  public static final int ENTRY_BYTES = 8;

  static final int EVENTS_OFFSET = 4;
  static final int RETURNED_OFFSET = 6;

  private static final SystemCall POLL = SystemCall.of("poll");

  private Poll() {}

  /**
   * poll(2). {@code -EINTR} is returned, not repeated: the caller's time has passed meanwhile and
   * must be computed anew.
   *
   * @param array address of entries written by {@link #put}
   * @param timeoutMillis 0 returns at once, negative waits for ever
   * @return the number of entries whose {@link #returned} is not 0
   */
  public static int poll(long array, int count, int timeoutMillis) {
    return POLL.once(array, count, timeoutMillis);
  }

  /**
   * Writes one entry and clears what it returned.
   *
   * @param fd a descriptor; a negative one is passed over by the kernel
   * @param events a set of the POLL constants
   */
  public static void put(long array, int index, int fd, int events) {
    long entry = array + (long) index * ENTRY_BYTES;
    Memory.putInt(entry, fd);
    Memory.putInt(entry + EVENTS_OFFSET, events & 0xFFFF);
  }

  /** What is so: a set of the POLL constants, 0 for none. */
  public static int returned(long array, int index) {
    return Short.toUnsignedInt(
        Memory.getShort(array + (long) index * ENTRY_BYTES + RETURNED_OFFSET));
  }

  /** What is asked of an entry. */
  public static int events(long array, int index) {
    return Short.toUnsignedInt(Memory.getShort(array + (long) index * ENTRY_BYTES + EVENTS_OFFSET));
  }

  /** The descriptor of an entry. */
  public static int descriptor(long array, int index) {
    return Memory.getInt(array + (long) index * ENTRY_BYTES);
  }
}
