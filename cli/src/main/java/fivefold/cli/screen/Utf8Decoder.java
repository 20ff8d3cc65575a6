package fivefold.cli.screen;

import java.util.function.IntConsumer;

/**
 * Bytes of UTF-8 to code points, one byte at a time (RFC 3629). What is not UTF-8 becomes U+FFFD.
 */
final class Utf8Decoder {
  private static final int REPLACEMENT = 0xFFFD;

  private int point;
  private int missing;
  private int smallest;

  void feed(byte next, IntConsumer out) {
    int b = next & 0xff;
    if (missing > 0) {
      if ((b & 0xc0) == 0x80) {
        point = point << 6 | (b & 0x3f);
        if (--missing == 0) {
          out.accept(isValid() ? point : REPLACEMENT);
        }
        return;
      }
      missing = 0;
      out.accept(REPLACEMENT);
    }
    if (b < 0x80) {
      out.accept(b);
    } else if (b >= 0xc2 && b < 0xe0) {
      begin(b & 0x1f, 1, 0x80);
    } else if (b >= 0xe0 && b < 0xf0) {
      begin(b & 0x0f, 2, 0x800);
    } else if (b >= 0xf0 && b < 0xf5) {
      begin(b & 0x07, 3, 0x10000);
    } else {
      out.accept(REPLACEMENT);
    }
  }

  private void begin(int bits, int continuations, int least) {
    point = bits;
    missing = continuations;
    smallest = least;
  }

  private boolean isValid() {
    return point >= smallest
        && point <= Character.MAX_CODE_POINT
        && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}
