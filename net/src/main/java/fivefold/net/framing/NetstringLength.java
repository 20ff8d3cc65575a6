package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Decimal digits and a colon before the frame, a comma after it.
 *
 * @see <a href="https://cr.yp.to/proto/netstrings.txt">Netstrings</a>
 */
final class NetstringLength implements LengthField {
  private static final int LONGEST_DIGITS = 10;

  private int digits;
  private long length;

  @Override
  public boolean read(ByteBuffer received) throws ProtocolException {
    while (received.hasRemaining()) {
      byte next = received.get();
      if (next == ':' && digits > 0) {
        return true;
      }
      boolean isDigit = next >= '0' && next <= '9';
      if (!isDigit || digits == LONGEST_DIGITS) {
        throw new ProtocolException(
            "a netstring begins with its length in at most "
                + LONGEST_DIGITS
                + " digits and a colon; found byte "
                + (next & 0xFF));
      }
      if (digits > 0 && length == 0) {
        throw new ProtocolException("a netstring's length begins with 0");
      }
      length = 10 * length + next - '0';
      digits++;
    }
    return false;
  }

  @Override
  public long takeLength() {
    long announced = length;
    digits = 0;
    length = 0;
    return announced;
  }

  @Override
  public int trailerBytes() {
    return 1;
  }

  @Override
  public void checkTrailer(ByteBuffer at) throws ProtocolException {
    byte trailer = at.get(at.position());
    if (trailer != ',') {
      throw new ProtocolException("a netstring ends with a comma; found byte " + (trailer & 0xFF));
    }
  }
}
