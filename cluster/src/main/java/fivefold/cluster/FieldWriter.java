package fivefold.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Numbers and texts one after the other, big-endian, a text with its length before it. */
final class FieldWriter {
  private static final int FIRST_BYTES = 256;

  private ByteBuffer out = ByteBuffer.allocate(FIRST_BYTES);

  FieldWriter number(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  FieldWriter text(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    return this;
  }

  int size() {
    return out.position();
  }

  byte[] bytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      ByteBuffer larger = ByteBuffer.allocate(2 * out.capacity() + bytes);
      out = larger.put(out.flip());
    }
    return out;
  }
}
