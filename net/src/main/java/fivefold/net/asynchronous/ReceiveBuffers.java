package fivefold.net.asynchronous;

import fivefold.sys.BufferRing;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.UringCqe;
import fivefold.sys.UringRing;
import java.nio.ByteBuffer;

/**
 * The memory into which the kernel receives: one set for all connections, so that one that waits
 * holds none. What a turn has used is given back only after the next submission, since an answer
 * may be sent from where its question stands.
 */
final class ReceiveBuffers implements AutoCloseable {
  static final int GROUP = 0;

  /**
   * Incremental buffers are filled by one receive behind the other, so large ones waste nothing.
   */
  private static final int INCREMENTAL_COUNT = 64;

  private static final int INCREMENTAL_BYTES = 64 * 1024;

  /** Before Linux 6.12 each receive takes a whole one. */
  private static final int PLAIN_COUNT = 256;

  private static final int PLAIN_BYTES = 16 * 1024;

  private static final int DATAGRAM_COUNT = 64;

  /** The largest datagram is 65,507 bytes (udp(7)); its sender's address comes with it. */
  private static final int DATAGRAM_BYTES = 66 * 1024;

  private final BufferRing ring;
  private final long start;
  private final long bytes;
  private final ByteBuffer view;
  private final int[] used;
  private int usedCount;

  private ReceiveBuffers(BufferRing ring) {
    this.ring = ring;
    start = ring.address(0);
    bytes = (long) ring.count() * ring.bufferBytes();
    view = Memory.buffer(start, (int) bytes);
    used = new int[ring.count()];
  }

  /** So many of this size. */
  static ReceiveBuffers of(UringRing uring, int count, int bytes, int flags)
      throws NativeException {
    return new ReceiveBuffers(BufferRing.register(uring, GROUP, count, bytes, flags));
  }

  /** For streams, whose bytes may come in any pieces. */
  static ReceiveBuffers forStreams(UringRing uring) throws NativeException {
    try {
      return of(uring, INCREMENTAL_COUNT, INCREMENTAL_BYTES, BufferRing.IOU_PBUF_RING_INC);
    } catch (NativeException e) {
      return of(uring, PLAIN_COUNT, PLAIN_BYTES, 0);
    }
  }

  /** For datagrams, each of which must lie in one buffer with what the kernel puts before it. */
  static ReceiveBuffers forDatagrams(UringRing uring) throws NativeException {
    return of(uring, DATAGRAM_COUNT, DATAGRAM_BYTES, 0);
  }

  /** The bytes of a completion; valid until {@link #recycle}. */
  ByteBuffer take(int flags, int count) {
    int id = UringCqe.bufferId(flags);
    int offset = (int) (ring.take(id, count) - start);
    if (!UringCqe.bufferHasMore(flags)) {
      used[usedCount++] = id;
    }
    return view.limit(offset + count).position(offset);
  }

  /** Takes a completion's bytes for nobody. */
  void drop(int flags, int count) {
    if (UringCqe.hasBuffer(flags)) {
      take(flags, Math.max(0, count));
    }
  }

  /** Whether the address is in this memory. */
  boolean contains(long address) {
    return address >= start && address < start + bytes;
  }

  boolean isAnyUsed() {
    return usedCount > 0;
  }

  int usedCount() {
    return usedCount;
  }

  /** Gives the first so many used buffers back to the kernel. */
  void recycle(int count) {
    if (count == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      ring.add(used[i]);
    }
    ring.publish();
    System.arraycopy(used, count, used, 0, usedCount - count);
    usedCount -= count;
  }

  @Override
  public void close() {
    ring.close();
  }
}
