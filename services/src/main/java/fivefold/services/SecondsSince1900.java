package fivefold.services;

import java.nio.ByteBuffer;
import java.time.Instant;

/** RFC 868: the seconds since 1900-01-01 00:00 GMT as 32 bits, big-endian. */
final class SecondsSince1900 {
  private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

  /** The 32 bits start again on 2036-02-07. */
  private static final long WRAP_SECONDS = 1L << Integer.SIZE;

  private static final long WRAPPED_BELOW = 1L << (Integer.SIZE - 1);

  private SecondsSince1900() {}

  static byte[] encode(Instant time) {
    int low32 = (int) (time.getEpochSecond() + SECONDS_1900_TO_1970);
    return ByteBuffer.allocate(Integer.BYTES).putInt(low32).array();
  }

  /**
   * The time four bytes stand for. Small numbers are taken for times after 2036, as RFC 4330 does
   * for the same clock in NTP: what is read as 1968 to 2036 is what servers of today send.
   */
  static Instant decode(byte[] reply) {
    if (reply.length != Integer.BYTES) {
      throw new IllegalArgumentException(
          "the answer has " + reply.length + " bytes; expected 4, as RFC 868 says");
    }
    long seconds = Integer.toUnsignedLong(ByteBuffer.wrap(reply).getInt());
    if (seconds < WRAPPED_BELOW) {
      seconds += WRAP_SECONDS;
    }
    return Instant.ofEpochSecond(seconds - SECONDS_1900_TO_1970);
  }
}
