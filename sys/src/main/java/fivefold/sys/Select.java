package fivefold.sys;

import java.util.Objects;

/**
 * select(2): three bit maps of descriptors below 1024, overwritten by every call.
 *
 * <p>Any thread may call; {@link #select} blocks and must not be called on a virtual thread.
 *
 * <pre>{@code
 * int ready = Select.select(highest + 1, read, write, 0L, -1);
 * for (int i = 0; ready > 0 && i < Select.WORDS; i++) {
 *   for (long word = Select.word(read, i); word != 0; word &= word - 1) {
 *     onReadable(i * Long.SIZE + Long.numberOfTrailingZeros(word));
 *   }
 * }
 * }</pre>
 */
public final class Select {
  /** Descriptors must be below this; a set has no room for others. */
  public static final int FD_SETSIZE = 1024;

  /** Size of an fd_set. */
  public static final int SET_BYTES = FD_SETSIZE / Byte.SIZE;

  /** How many times 64 descriptors are in a set. */
  public static final int WORDS = FD_SETSIZE / Long.SIZE;

  /** pselect instead of select: its time is in nanoseconds, and C does not write to it. */
  private static final SystemCall PSELECT = SystemCall.of("pselect");

  private Select() {}

  /**
   * pselect(2) with no signal mask. {@code -EINTR} is returned, not repeated: the caller's time has
   * passed meanwhile and must be computed anew.
   *
   * @param descriptors the highest descriptor in any set, plus one
   * @param read address of {@value #SET_BYTES} bytes, or 0; so are the next two
   * @param timeoutNanos 0 returns at once, negative waits for ever
   * @return the number of bits left in all sets; after an error the sets are as they were
   */
  public static int select(int descriptors, long read, long write, long except, long timeoutNanos) {
    if (timeoutNanos < 0) {
      return PSELECT.once(descriptors, read, write, except, 0, 0);
    }
    CallState state = CallState.take();
    try {
      Timespec.put(state.struct(), timeoutNanos);
      return PSELECT.once(descriptors, read, write, except, state.struct(), 0);
    } finally {
      state.release();
    }
  }

  /**
   * FD_SET.
   *
   * @throws IndexOutOfBoundsException when the set has no room for the descriptor
   */
  public static void set(long set, int fd) {
    long address = addressOfWord(set, fd);
    Memory.putLong(address, Memory.getLong(address) | 1L << fd);
  }

  /** FD_CLR; throws as {@link #set}. */
  public static void clear(long set, int fd) {
    long address = addressOfWord(set, fd);
    Memory.putLong(address, Memory.getLong(address) & ~(1L << fd));
  }

  /** FD_ISSET; throws as {@link #set}. */
  public static boolean isSet(long set, int fd) {
    return (Memory.getLong(addressOfWord(set, fd)) & 1L << fd) != 0;
  }

  /** FD_ZERO. */
  public static void clear(long set) {
    Memory.setZero(set, SET_BYTES);
  }

  /** Copies a whole set: select(2) overwrites what it is given. */
  public static void copy(long from, long to) {
    Memory.copy(from, to, SET_BYTES);
  }

  /**
   * 64 bits of a set at once.
   *
   * @param index 0 up to {@value #WORDS}, exclusive; bit {@code b} is descriptor {@code index * 64
   *     + b}
   */
  public static long word(long set, int index) {
    return Memory.getLong(set + (long) index * Long.BYTES);
  }

  private static long addressOfWord(long set, int fd) {
    return set + (long) (Objects.checkIndex(fd, FD_SETSIZE) >> 6) * Long.BYTES;
  }
}
