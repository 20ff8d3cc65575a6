package fivefold.testkit;

import java.nio.ByteBuffer;

/**
 * An endless stream of bytes that can be checked at any offset: what is lost, doubled or moved by
 * any distance does not match.
 */
public final class Pattern {
  private final long seed;

  public Pattern(long seed) {
    this.seed = seed;
  }

  /** The byte at this offset of the stream. */
  public byte at(long offset) {
    // The finalizer of MurmurHash3: neighbouring offsets give unrelated bytes.
    long mixed = (offset + seed) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
    return (byte) (mixed >>> 56);
  }

  public byte[] bytes(long offset, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = at(offset + i);
    }
    return bytes;
  }

  /**
   * Reads the buffer to its end.
   *
   * @return the offset after it
   * @throws AssertionError naming the first offset that differs
   */
  public long check(long offset, ByteBuffer bytes) {
    long next = offset;
    while (bytes.hasRemaining()) {
      byte actual = bytes.get();
      if (actual != at(next)) {
        throw new AssertionError(
            "the byte at offset " + next + " is " + actual + "; expected " + at(next));
      }
      next++;
    }
    return next;
  }
}
