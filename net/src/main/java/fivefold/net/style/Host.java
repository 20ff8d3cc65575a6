package fivefold.net.style;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What all conversations of one platform thread share: buffers that belong to one of them only
 * while it runs.
 */
final class Host {
  static final int OUTPUT_BYTES = 64 * 1024;

  private static final int SMALL_BYTES = 2 * 1024;
  private static final int LARGE_BYTES = 64 * 1024;

  private static final ThreadLocal<Host> OF_THREAD = ThreadLocal.withInitial(Host::new);

  final Thread thread = Thread.currentThread();

  private @Nullable ByteBuffer output;
  private @Nullable ByteBuffer small;
  private @Nullable ByteBuffer large;

  /** Of the calling thread, a platform thread. */
  static Host current() {
    return OF_THREAD.get();
  }

  /** What the running conversation has written; empty when none runs. */
  ByteBuffer output() {
    ByteBuffer buffer = output;
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(OUTPUT_BYTES);
      output = buffer;
    }
    return buffer;
  }

  boolean hasOutput() {
    ByteBuffer buffer = output;
    return buffer != null && buffer.position() > 0;
  }

  /** A copy, lent to the running conversation. Direct, as the buffers of the loops are. */
  ByteBuffer lend(ByteBuffer source) {
    if (source.remaining() > LARGE_BYTES) {
      return Buffers.copy(source);
    }
    ByteBuffer buffer = source.remaining() <= SMALL_BYTES ? small() : large();
    return buffer.clear().put(source).flip();
  }

  private ByteBuffer small() {
    ByteBuffer buffer = small;
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(SMALL_BYTES);
      small = buffer;
    }
    return buffer;
  }

  private ByteBuffer large() {
    ByteBuffer buffer = large;
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(LARGE_BYTES);
      large = buffer;
    }
    return buffer;
  }

  /**
   * The conversation stops running while it may still use what was lent to it: the buffer is its
   * own from now on, and the next one gets another.
   */
  @SuppressWarnings("ReferenceEquality") // this very buffer
  void giveAway(ByteBuffer lent) {
    if (lent == small) {
      small = null;
    } else if (lent == large) {
      large = null;
    }
  }
}
