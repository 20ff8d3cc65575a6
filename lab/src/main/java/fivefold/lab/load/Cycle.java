package fivefold.lab.load;

import java.nio.ByteBuffer;

/**
 * An endless stream of bytes that repeats.
 *
 * <p>Not thread-safe: the buffer is handed out again and again.
 */
final class Cycle {
  /** The longest piece that can be had at once. */
  static final int SLICE_LIMIT_BYTES = 256 * 1024;

  private final int periodBytes;
  private final ByteBuffer bytes;

  Cycle(byte[] period) {
    periodBytes = period.length;
    bytes = ByteBuffer.allocateDirect(periodBytes + SLICE_LIMIT_BYTES);
    while (bytes.hasRemaining()) {
      bytes.put(period, 0, Math.min(periodBytes, bytes.remaining()));
    }
  }

  /**
   * Where a place is within the period. Whoever goes on from what this returned is spared the
   * division, which takes longer than all else here.
   */
  long within(long place) {
    if (place < periodBytes) {
      return place;
    }
    long beyond = place - periodBytes;
    return beyond < periodBytes ? beyond : place % periodBytes;
  }

  /** The bytes from a place in the stream on, at most {@link #SLICE_LIMIT_BYTES}. */
  ByteBuffer from(long place, long count) {
    int from = (int) within(place);
    return bytes.limit(from + (int) Math.min(count, SLICE_LIMIT_BYTES)).position(from);
  }
}
