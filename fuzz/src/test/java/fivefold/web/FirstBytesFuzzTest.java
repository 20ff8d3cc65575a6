package fivefold.web;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/**
 * A client is told to speak lines or HTTP as soon as that is clear, and however its bytes are cut.
 */
class FirstBytesFuzzTest {
  @FuzzTest
  void theKindDoesNotDependOnTheCuts(byte[] input) {
    FirstBytes whole = FirstBytes.of(ByteBuffer.wrap(input));
    boolean wasClear = false;
    for (int length = 0; length <= input.length; length++) {
      FirstBytes part = FirstBytes.of(ByteBuffer.wrap(input, 0, length));
      if (part.isClear() && part != whole) {
        throw new AssertionError(part + " by " + length + " bytes, and then " + whole);
      }
      if (wasClear && !part.isClear()) {
        throw new AssertionError("no longer clear with " + length + " bytes");
      }
      wasClear = part.isClear();
    }
    if (!wasClear && input.length >= FirstBytes.LIMIT_BYTES) {
      throw new AssertionError("not clear with " + input.length + " bytes");
    }
  }
}
