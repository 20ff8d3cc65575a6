package fivefold.lab.figures;

import fivefold.sys.Memory;
import java.nio.ByteBuffer;

/**
 * Bytes that differ from round to round, so that none of an earlier one is taken for this one's.
 */
record Message(int bytes, int round) {
  private static final int FACTOR = 31;

  ByteBuffer content() {
    ByteBuffer content = ByteBuffer.allocateDirect(bytes);
    for (int i = 0; i < bytes; i++) {
      content.put((byte) (i * FACTOR + round));
    }
    return content.flip();
  }

  /** Looks at every byte: this is what the thread wants them for. */
  boolean isAt(long address) {
    int wrong = 0;
    for (int i = 0; i < bytes; i++) {
      wrong |= Memory.getByte(address + i) ^ (byte) (i * FACTOR + round);
    }
    return wrong == 0;
  }
}
