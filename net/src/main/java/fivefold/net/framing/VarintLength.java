package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;

/** Seven bits a byte, the lowest first, the eighth saying that more follow (LEB128). */
final class VarintLength implements LengthField {
  /** 35 bits: more than any frame's length needs. A longer field is an attack or no varint. */
  private static final int LONGEST_BYTES = 5;

  private int seen;
  private long length;

  static int encodedBytes(int length) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(length)) / 7);
  }

  static void encode(int length, ByteBuffer into) {
    int rest = length;
    while (rest > 0x7F) {
      into.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    into.put((byte) rest);
  }

  @Override
  public boolean read(ByteBuffer received) throws ProtocolException {
    while (received.hasRemaining()) {
      if (seen == LONGEST_BYTES) {
        throw new ProtocolException(
            "a length of more than " + LONGEST_BYTES + " bytes was announced");
      }
      byte next = received.get();
      length |= (next & 0x7FL) << (7 * seen);
      seen++;
      if (next >= 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public long takeLength() {
    long announced = length;
    seen = 0;
    length = 0;
    return announced;
  }
}
