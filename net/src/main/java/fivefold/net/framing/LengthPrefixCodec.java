package fivefold.net.framing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames that follow their length, a number of always as many bytes. */
record LengthPrefixCodec(LengthPrefix prefix, int limitBytes) implements Codec {

  @Override
  public FrameDecoder newDecoder() {
    return new AnnouncedFrames(new FixedWidthLength(prefix), limitBytes);
  }

  @Override
  public ByteBuffer encode(ByteBuffer frame) {
    int length = Limits.checkedLength(frame, Math.min(limitBytes, prefix.longestFrame()));
    int width = prefix.widthBytes();
    ByteBuffer encoded = ByteBuffer.allocate(Math.addExact(length, width));
    long announced = prefix.countsItself() ? (long) length + width : length;
    for (int i = 0; i < width; i++) {
      int fromLowest = prefix.order() == ByteOrder.BIG_ENDIAN ? width - 1 - i : i;
      encoded.put((byte) (announced >>> (8 * fromLowest)));
    }
    return encoded.put(frame).flip();
  }
}
