package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A binary number of always as many bytes. */
final class FixedWidthLength implements LengthField {
  private final LengthPrefix prefix;
  private int seen;
  private long length;

  FixedWidthLength(LengthPrefix prefix) {
    this.prefix = prefix;
  }

  @Override
  public boolean read(ByteBuffer received) {
    boolean isBigEndian = prefix.order() == ByteOrder.BIG_ENDIAN;
    while (seen < prefix.widthBytes() && received.hasRemaining()) {
      long next = received.get() & 0xFF;
      length = isBigEndian ? (length << 8) | next : length | (next << (8 * seen));
      seen++;
    }
    return seen == prefix.widthBytes();
  }

  @Override
  public long takeLength() throws ProtocolException {
    long announced = length;
    seen = 0;
    length = 0;
    if (!prefix.countsItself()) {
      return announced;
    }
    if (Long.compareUnsigned(announced, prefix.widthBytes()) < 0) {
      throw new ProtocolException(
          "a length of "
              + announced
              + " was announced, which should count its own "
              + prefix.widthBytes()
              + " bytes");
    }
    return announced - prefix.widthBytes();
  }
}
