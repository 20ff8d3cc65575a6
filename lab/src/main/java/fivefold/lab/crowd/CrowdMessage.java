package fivefold.lab.crowd;

import fivefold.sys.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a connection says: 64 bytes with its number in them, so that no two say the same. */
final class CrowdMessage {
  static final int BYTES = 64;

  private static final int NUMBER_OFFSET = 11;
  private static final int DIGITS = 10;

  private static final String TEXT =
      "connection 0000000000 says hello, one of a million, and listens.";

  private static final long[] QUESTION = words(TEXT);
  private static final long[] ANSWER = words(TEXT.toUpperCase(Locale.ROOT));

  private CrowdMessage() {}

  private static long[] words(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length != BYTES) {
      throw new IllegalStateException("expected " + BYTES + " bytes, got " + bytes.length);
    }
    long[] words = new long[BYTES / Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer().get(words);
    return words;
  }

  static void put(long address, int number) {
    for (int i = 0; i < QUESTION.length; i++) {
      Memory.putLong(address + (long) i * Long.BYTES, QUESTION[i]);
    }
    int left = number;
    for (int i = DIGITS - 1; left > 0; i--) {
      Memory.putByte(address + NUMBER_OFFSET + i, (byte) ('0' + left % 10));
      left /= 10;
    }
  }

  /** Whether this is the same in upper case, byte for byte. Writes over its number. */
  static boolean isAnswer(long address, int number) {
    int left = number;
    for (int i = DIGITS - 1; i >= 0; i--) {
      if (Memory.getByte(address + NUMBER_OFFSET + i) != '0' + left % 10) {
        return false;
      }
      Memory.putByte(address + NUMBER_OFFSET + i, (byte) '0');
      left /= 10;
    }
    for (int i = 0; i < ANSWER.length; i++) {
      if (Memory.getLong(address + (long) i * Long.BYTES) != ANSWER[i]) {
        return false;
      }
    }
    return true;
  }
}
