package fivefold.lab.load;

import java.nio.ByteBuffer;

/**
 * Writes numbered datagrams and judges what comes back.
 *
 * <p>The number is the low 32 bits, in eight characters from 0x30 to 0x3f: no letters, so that it
 * comes back the same in upper case. The rest is {@link Pattern}'s stream, from a place that
 * follows from the connection and the number.
 */
final class Datagrams {
  private static final int NUMBER_BYTES = 8;
  private static final int DIGIT_BITS = 4;
  private static final int ZERO = 0x30;

  private final int bodyBytes;
  private final Cycle body;
  private final Cycle due;
  private final ByteBuffer outbox;

  Datagrams(Protocol.Datagrams protocol) {
    byte[] period = Pattern.period();
    bodyBytes = protocol.messageBytes() - NUMBER_BYTES;
    body = new Cycle(period);
    due = new Cycle(protocol.upperCase() ? Pattern.upperCase(period) : period);
    outbox = ByteBuffer.allocateDirect(protocol.messageBytes());
  }

  private long place(long start, long number) {
    return start + number * bodyBytes;
  }

  /** The datagram of a connection with this number; valid until the next call. */
  ByteBuffer datagram(long start, long number) {
    outbox.clear();
    for (int i = NUMBER_BYTES - 1; i >= 0; i--) {
      outbox.put((byte) (ZERO | ((number >> (i * DIGIT_BITS)) & 0xf)));
    }
    return outbox.put(body.from(place(start, number), bodyBytes)).flip();
  }

  /**
   * The number of a datagram that came back, moving its position behind it.
   *
   * @param next the number that will be sent next: what comes is at most 2^32 behind
   * @return {@link Long#MAX_VALUE} when there is none
   */
  long number(ByteBuffer in, long next) {
    if (in.remaining() != NUMBER_BYTES + bodyBytes) {
      return Long.MAX_VALUE;
    }
    long low = 0;
    for (int i = 0; i < NUMBER_BYTES; i++) {
      byte digit = in.get();
      if ((digit & 0xf0) != ZERO) {
        return Long.MAX_VALUE;
      }
      low = (low << DIGIT_BITS) | (digit & 0xf);
    }
    long number = (next & ~0xffff_ffffL) | low;
    return number >= next && number >= 1L << 32 ? number - (1L << 32) : number;
  }

  /** Whether the rest is what is due. */
  boolean isDue(ByteBuffer in, long start, long number) {
    return SameBytes.in(in, due.from(place(start, number), bodyBytes));
  }
}
