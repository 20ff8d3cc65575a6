package fivefold.net.framing;

import java.nio.ByteOrder;

/**
 * How a length of always as many bytes is written before a frame.
 *
 * <pre>{@code
 * Codec codec = Codec.lengthPrefix(LengthPrefix.ofBytes(4).littleEndian(), 65_536);
 * }</pre>
 *
 * @param widthBytes 1 to 8; the number is unsigned
 * @param countsItself whether the length includes the prefix's own bytes
 */
public record LengthPrefix(int widthBytes, ByteOrder order, boolean countsItself) {

  /**
   * @throws IllegalArgumentException for a width that is not 1 to 8
   */
  public LengthPrefix {
    if (widthBytes < 1 || widthBytes > 8) {
      throw new IllegalArgumentException(
          "length prefix in bytes is " + widthBytes + "; expected 1 to 8");
    }
  }

  /** Big-endian, the network's order, and counting the frame alone. */
  public static LengthPrefix ofBytes(int widthBytes) {
    return new LengthPrefix(widthBytes, ByteOrder.BIG_ENDIAN, false);
  }

  /** The same, least significant byte first. */
  public LengthPrefix littleEndian() {
    return new LengthPrefix(widthBytes, ByteOrder.LITTLE_ENDIAN, countsItself);
  }

  /** The same, counting the prefix with the frame. */
  public LengthPrefix countingItself() {
    return new LengthPrefix(widthBytes, order, true);
  }

  /** The longest frame it can announce. */
  long longestFrame() {
    long longest = widthBytes == 8 ? Long.MAX_VALUE : (1L << (8 * widthBytes)) - 1;
    return countsItself ? longest - widthBytes : longest;
  }
}
