package fivefold.net.framing;

import java.nio.ByteBuffer;

/** What the codecs say about sizes that cannot be. */
final class Limits {
  private Limits() {}

  static int atLeastZero(int limitBytes) {
    if (limitBytes < 0) {
      throw new IllegalArgumentException(
          "frame limit in bytes is " + limitBytes + "; expected at least 0");
    }
    return limitBytes;
  }

  /** The frame's length, when it is one that may be sent. */
  static int checkedLength(ByteBuffer frame, long longestBytes) {
    int length = frame.remaining();
    if (length > longestBytes) {
      throw new IllegalArgumentException(
          "a frame of " + length + " bytes is to be sent; at most " + longestBytes + " allowed");
    }
    return length;
  }
}
