package fivefold.net.style;

import java.nio.ByteBuffer;

/** Copies of buffers that are valid for a moment only. */
final class Buffers {
  private Buffers() {}

  /** A copy of what remains, which is read to its end. */
  static ByteBuffer copy(ByteBuffer source) {
    return ByteBuffer.allocate(source.remaining()).put(source).flip();
  }

  /** Both in one, with room for more; what remains of the source is read to its end. */
  static ByteBuffer append(ByteBuffer first, ByteBuffer source) {
    int size = first.remaining() + source.remaining();
    if (first.capacity() >= size) {
      return first.compact().put(source).flip();
    }
    return ByteBuffer.allocate(Math.max(size, 2 * first.capacity())).put(first).put(source).flip();
  }

  /** As much as there is room for. */
  static void move(ByteBuffer source, ByteBuffer into, int roomBytes) {
    int count = Math.min(source.remaining(), roomBytes);
    into.put(into.position(), source, source.position(), count);
    into.position(into.position() + count);
    source.position(source.position() + count);
  }
}
