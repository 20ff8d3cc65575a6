package fivefold.net.framing;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A frame that arrives in pieces. It grows with what has arrived, never with what is announced. */
final class GatheredFrame {
  private static final byte[] NONE = {};
  private static final int LEAST_BYTES = 128;

  private byte[] bytes = NONE;
  private int length;

  int length() {
    return length;
  }

  byte last() {
    return bytes[length - 1];
  }

  /** Takes the next bytes out of the source. */
  void take(ByteBuffer source, int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      int doubled = (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.max(needed, Math.max(LEAST_BYTES, doubled)));
    }
    source.get(bytes, length, count);
    length = needed;
  }

  ByteBuffer view(int frameLength) {
    return ByteBuffer.wrap(bytes, 0, frameLength);
  }

  /** Lets the memory go: a connection between two frames holds none. */
  void release() {
    bytes = NONE;
    length = 0;
  }
}
