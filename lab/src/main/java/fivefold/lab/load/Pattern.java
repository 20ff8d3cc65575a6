package fivefold.lab.load;

import java.util.SplittableRandom;

/**
 * What echo servers are sent, and what must come back from them: one endless stream of bytes, the
 * same, or the same in upper case.
 *
 * <p>A connection's bytes are this stream from a place of its own on, so a reply that is lost,
 * doubled, out of order or another connection's is as wrong as one with a changed byte. The stream
 * repeats after a prime number of bytes: messages of no size fall on the same places each time.
 */
final class Pattern {
  private static final int PERIOD_BYTES = 65_537;

  /** About the golden section of the period, so that neighbours begin far apart. */
  private static final long STRIDE = 40_503;

  private static final long SEED = 0x5f1ef01dL;

  private Pattern() {}

  /** One period of what is sent: mostly lower case, which a server may have to change. */
  static byte[] period() {
    byte[] period = new byte[PERIOD_BYTES];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < PERIOD_BYTES; i++) {
      // A quarter is any byte at all.
      period[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 'a' + random.nextInt(26));
    }
    return period;
  }

  static byte[] upperCase(byte[] bytes) {
    byte[] upper = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      upper[i] = upperCase(bytes[i]);
    }
    return upper;
  }

  static byte upperCase(byte value) {
    return value >= 'a' && value <= 'z' ? (byte) (value - ('a' - 'A')) : value;
  }

  /** Where in the stream a connection begins. */
  static long start(int connection) {
    return connection * STRIDE % PERIOD_BYTES;
  }
}
