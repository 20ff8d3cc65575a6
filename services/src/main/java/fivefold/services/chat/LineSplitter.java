package fivefold.services.chat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to lines. What follows the last line end is kept, and can be taken as if a line end had
 * come. Holds no memory while nothing is kept. A line that is too long is thrown away to its end.
 */
final class LineSplitter {
  private static final int FIRST_BYTES = 128;

  private final int limitBytes;
  private final Consumer<String> lines;
  private final Runnable tooLong;

  private byte @Nullable [] kept;
  private int length;
  private boolean discarding;

  /**
   * Not thread-safe.
   *
   * @param lines gets each line, without its end, bytes that are no UTF-8 replaced
   * @param tooLong is told once for each line that was thrown away
   */
  LineSplitter(int limitBytes, Consumer<String> lines, Runnable tooLong) {
    this.limitBytes = limitBytes;
    this.lines = lines;
    this.tooLong = tooLong;
  }

  /** Takes all that remains in the buffer. */
  void feed(ByteBuffer data) {
    int from = data.position();
    for (int at = from; at < data.limit(); at++) {
      if (data.get(at) == '\n') {
        keep(data, from, at);
        endLine();
        from = at + 1;
      }
    }
    keep(data, from, data.limit());
    data.position(data.limit());
  }

  /** Whether something has come since the last line end. */
  boolean hasRest() {
    return length > 0 || discarding;
  }

  /** Takes what has come as a line. */
  void endRest() {
    if (hasRest()) {
      endLine();
    }
  }

  private void keep(ByteBuffer data, int from, int to) {
    int count = to - from;
    if (count == 0 || discarding) {
      return;
    }
    // One more for the CR of CR LF, which does not count.
    if (length + count > limitBytes + 1) {
      discarding = true;
      kept = null;
      length = 0;
      return;
    }
    byte[] bytes = kept;
    if (bytes == null) {
      bytes = new byte[Math.max(FIRST_BYTES, count)];
    } else if (bytes.length < length + count) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * length));
    }
    data.get(from, bytes, length, count);
    kept = bytes;
    length += count;
  }

  private void endLine() {
    byte[] bytes = kept;
    int count = length;
    boolean lost = discarding;
    kept = null;
    length = 0;
    discarding = false;
    if (bytes != null && count > 0 && bytes[count - 1] == '\r') {
      count--;
    }
    if (lost || count > limitBytes) {
      tooLong.run();
    } else {
      lines.accept(bytes == null ? "" : new String(bytes, 0, count, StandardCharsets.UTF_8));
    }
  }
}
