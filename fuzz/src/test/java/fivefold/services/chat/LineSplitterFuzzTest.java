package fivefold.services.chat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes make the same lines however they are cut, and no line is longer than allowed. */
class LineSplitterFuzzTest {
  private static final int LIMIT_BYTES = 16;

  @FuzzTest
  void linesDoNotDependOnTheCuts(byte[] input) {
    List<String> whole = lines(input, input.length);
    for (int piece : new int[] {1, 2, 7, LIMIT_BYTES, LIMIT_BYTES + 1}) {
      List<String> cut = lines(input, piece);
      if (!cut.equals(whole)) {
        throw new AssertionError("in pieces of " + piece + ": " + cut + ", not " + whole);
      }
    }
    for (String line : whole) {
      // U+FFFD is three bytes where one was replaced.
      if (line.length() > LIMIT_BYTES || line.indexOf('\n') >= 0) {
        throw new AssertionError("a line that is none: " + line);
      }
    }
  }

  private static List<String> lines(byte[] input, int piece) {
    List<String> lines = new ArrayList<>();
    LineSplitter splitter =
        new LineSplitter(LIMIT_BYTES, lines::add, () -> lines.add("(too long)"));
    for (int at = 0; at < input.length; at += piece) {
      splitter.feed(ByteBuffer.wrap(input, at, Math.min(piece, input.length - at)).slice());
    }
    splitter.endRest();
    return lines;
  }
}
