package fivefold.sys;

/**
 * Buffers provided to a ring, io_uring_register(2) IORING_REGISTER_PBUF_RING (5.19): the kernel
 * takes one when bytes are there, so that a connection that waits holds none. The memory is this
 * object's.
 *
 * <pre>{@code
 * long data = buffers.take(UringCqe.bufferId(flags), result);
 * // ... use result bytes at data ...
 * if (!UringCqe.bufferHasMore(flags)) {
 *   buffers.add(id); // as soon as none of its bytes is needed any more
 *   buffers.publish();
 * }
 * }</pre>
 *
 * <p>In the incremental mode (6.12) the kernel fills a buffer by several receives, each behind the
 * other, and leaves it with the completion that lacks {@link UringCqe#IORING_CQE_F_BUF_MORE}. In
 * the plain mode each receive takes a whole buffer.
 *
 * <p>Only the ring's thread may call.
 */
public final class BufferRing implements AutoCloseable {
  /** The kernel allocates the ring, and it is mapped by mmap(2) (6.4). */
  public static final int IOU_PBUF_RING_MMAP = 1;

  /** Incremental (6.12). */
  public static final int IOU_PBUF_RING_INC = 2;

  /** The most buffers in a ring. */
  public static final int MAX_COUNT = 1 << 15;

  /** struct io_uring_buf_reg. */
  static final int REGISTRATION_BYTES = 40;

  static final int RING_ADDRESS_OFFSET = 0;
  static final int RING_ENTRIES_OFFSET = 8;
  static final int GROUP_OFFSET = 12;
  static final int REGISTRATION_FLAGS_OFFSET = 14;

  /** struct io_uring_buf. */
  static final int ENTRY_BYTES = 16;

  static final int ADDRESS_OFFSET = 0;
  static final int LENGTH_OFFSET = 8;
  static final int ID_OFFSET = 12;

  /** struct io_uring_buf_ring: the tail lies over what the first entry reserves. */
  static final int TAIL_OFFSET = 14;

  private final int ringFd;
  private final int group;
  private final int count;
  private final int bufferBytes;
  private final long entries;
  private final long memory;
  private final int[] positions;
  private short tail;
  private boolean isClosed;

  private BufferRing(int ringFd, int group, int count, int bufferBytes, long entries, long memory) {
    this.ringFd = ringFd;
    this.group = group;
    this.count = count;
    this.bufferBytes = bufferBytes;
    this.entries = entries;
    this.memory = memory;
    this.positions = new int[count];
  }

  /**
   * Registers a group of buffers and hands them all to the kernel.
   *
   * @param group the number by which requests name it, 0 to 65535
   * @param count a power of two, at most {@link #MAX_COUNT}
   * @param bufferBytes size of each; a page of it costs nothing before it is touched
   * @param flags {@link #IOU_PBUF_RING_INC} or 0
   * @throws NativeException when the kernel refuses: EINVAL for what it does not know, EEXIST for a
   *     group that is there, ENOMEM
   */
  public static BufferRing register(
      UringRing ring, int group, int count, int bufferBytes, int flags) throws NativeException {
    if (Integer.bitCount(count) != 1 || count > MAX_COUNT || bufferBytes <= 0) {
      throw new IllegalArgumentException(
          "expected a power of two up to "
              + MAX_COUNT
              + " buffers, got "
              + count
              + " of "
              + bufferBytes
              + " bytes");
    }
    long entries = MemoryMap.anonymous((long) count * ENTRY_BYTES);
    if (entries < 0) {
      throw NativeException.of("mmap of a buffer ring", (int) entries);
    }
    long memory = MemoryMap.anonymous((long) count * bufferBytes);
    int result = memory < 0 ? (int) memory : register(ring, entries, count, group, flags);
    if (result < 0) {
      MemoryMap.unmap(entries, (long) count * ENTRY_BYTES);
      if (memory >= 0) {
        MemoryMap.unmap(memory, (long) count * bufferBytes);
      }
      throw NativeException.of("registering " + count + " buffers", result);
    }
    var buffers = new BufferRing(ring.descriptor(), group, count, bufferBytes, entries, memory);
    for (int id = 0; id < count; id++) {
      buffers.add(id);
    }
    buffers.publish();
    return buffers;
  }

  private static int register(UringRing ring, long entries, int count, int group, int flags) {
    CallState state = CallState.take();
    try {
      long struct = state.struct();
      putRegistration(struct, entries, count, group, flags);
      return Uring.register(ring.descriptor(), Uring.IORING_REGISTER_PBUF_RING, struct, 1);
    } finally {
      state.release();
    }
  }

  private static void putRegistration(long struct, long entries, int count, int group, int flags) {
    Memory.setZero(struct, REGISTRATION_BYTES);
    Memory.putLong(struct + RING_ADDRESS_OFFSET, entries);
    Memory.putInt(struct + RING_ENTRIES_OFFSET, count);
    Memory.putShort(struct + GROUP_OFFSET, (short) group);
    Memory.putShort(struct + REGISTRATION_FLAGS_OFFSET, (short) flags);
  }

  /** The number by which requests name these buffers. */
  public int group() {
    return group;
  }

  /** How many buffers there are. */
  public int count() {
    return count;
  }

  /** Size of each buffer. */
  public int bufferBytes() {
    return bufferBytes;
  }

  /** Where a buffer begins. */
  public long address(int id) {
    return memory + (long) id * bufferBytes;
  }

  /**
   * Where the bytes of a completion are, and notes that they are used: the next one in the same
   * buffer is behind them. To be called once for each completion with a buffer, in their order.
   *
   * @param bytes the result of the completion
   */
  public long take(int id, int bytes) {
    int position = positions[id];
    positions[id] = position + bytes;
    return address(id) + position;
  }

  /** Gives a buffer back, whole; the kernel sees it at the next {@link #publish}. */
  public void add(int id) {
    positions[id] = 0;
    long entry = entries + (long) (tail++ & count - 1) * ENTRY_BYTES;
    Memory.putLong(entry + ADDRESS_OFFSET, address(id));
    Memory.putInt(entry + LENGTH_OFFSET, bufferBytes);
    Memory.putShort(entry + ID_OFFSET, (short) id);
  }

  /** Shows the kernel what was added: its entries are stored before the tail is. */
  public void publish() {
    Memory.putShortRelease(entries + TAIL_OFFSET, tail);
  }

  /**
   * Takes the buffers back from the kernel and frees them; before the ring is closed, and when no
   * request that may write into them is in flight. A second call does nothing.
   */
  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    CallState state = CallState.take();
    try {
      putRegistration(state.struct(), 0, 0, group, 0);
      Uring.register(ringFd, Uring.IORING_UNREGISTER_PBUF_RING, state.struct(), 1);
    } finally {
      state.release();
    }
    MemoryMap.unmap(entries, (long) count * ENTRY_BYTES);
    MemoryMap.unmap(memory, (long) count * bufferBytes);
  }
}
