package fivefold.lab.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * What is sent, and what must come back: one endless stream of bytes and the same in upper case.
 *
 * <p>A connection's bytes are this stream from a place of its own on, so a reply that is lost,
 * doubled, out of order or another connection's is as wrong as one with a changed byte. The stream
 * repeats after a prime number of bytes: messages of no size fall on the same places each time.
 *
 * <p>Not thread-safe: the two buffers are handed out again and again.
 */
final class Pattern {
  /** The longest piece that can be had at once. */
  static final int SLICE_LIMIT_BYTES = 256 * 1024;

  private static final int PERIOD_BYTES = 65_537;

  /** About the golden section of the period, so that neighbours begin far apart. */
  private static final long STRIDE = 40_503;

  private static final long SEED = 0x5f1ef01dL;

  private final ByteBuffer sent = ByteBuffer.allocateDirect(PERIOD_BYTES + SLICE_LIMIT_BYTES);
  private final ByteBuffer due = ByteBuffer.allocateDirect(PERIOD_BYTES + SLICE_LIMIT_BYTES);

  Pattern() {
    byte[] period = new byte[PERIOD_BYTES];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < PERIOD_BYTES; i++) {
      // Mostly lower case, which is what the server must change; a quarter is any byte at all.
      period[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 'a' + random.nextInt(26));
    }
    for (int i = 0; i < sent.capacity(); i++) {
      byte value = period[i % PERIOD_BYTES];
      sent.put(i, value);
      due.put(i, upperCase(value));
    }
  }

  static byte upperCase(byte value) {
    return value >= 'a' && value <= 'z' ? (byte) (value - ('a' - 'A')) : value;
  }

  /** Where in the stream a connection begins. */
  static long start(int connection) {
    return connection * STRIDE % PERIOD_BYTES;
  }

  /** The bytes to send from a place in the stream on, at most {@link #SLICE_LIMIT_BYTES}. */
  ByteBuffer sent(long place, long bytes) {
    return slice(sent, place, bytes);
  }

  /** The bytes that must come back from a place in the stream on. */
  ByteBuffer due(long place, long bytes) {
    return slice(due, place, bytes);
  }

  private static ByteBuffer slice(ByteBuffer stream, long place, long bytes) {
    int from = (int) (place % PERIOD_BYTES);
    return stream.limit(from + (int) Math.min(bytes, SLICE_LIMIT_BYTES)).position(from);
  }
}
