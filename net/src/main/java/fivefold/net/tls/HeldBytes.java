package fivefold.net.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Ciphertext that waits: for the rest of its record, for the handshake, or for the handler to read
 * again. It takes no more memory than twice what has come.
 */
final class HeldBytes {
  private static final int LEAST_BYTES = 512;

  private @Nullable ByteBuffer bytes;

  boolean isEmpty() {
    return bytes == null;
  }

  int size() {
    ByteBuffer held = bytes;
    return held == null ? 0 : held.remaining();
  }

  /** Takes all of it, behind what is held already. */
  void add(ByteBuffer more) {
    if (!more.hasRemaining()) {
      return;
    }
    ByteBuffer held = bytes;
    if (held == null) {
      bytes = ByteBuffer.allocate(Math.max(LEAST_BYTES, more.remaining())).put(more).flip();
      return;
    }
    if (held.capacity() - held.limit() < more.remaining()) {
      int size = held.remaining() + more.remaining();
      held = ByteBuffer.allocate(Math.max(size, held.remaining() * 2)).put(held).flip();
      bytes = held;
    }
    int from = held.position();
    held.position(held.limit()).limit(held.capacity());
    held.put(more).limit(held.position()).position(from);
  }

  /** To be read from its position; {@link #settle} afterwards. */
  ByteBuffer view() {
    ByteBuffer held = bytes;
    return held == null ? ByteBuffer.allocate(0) : held;
  }

  /** Forgets what has been read, and the memory when nothing is left. */
  void settle() {
    if (bytes != null && !bytes.hasRemaining()) {
      bytes = null;
    }
  }

  void clear() {
    bytes = null;
  }
}
