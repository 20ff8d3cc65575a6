package fivefold.net.asynchronous;

import fivefold.net.loop.Scratch;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Buffers to lend to operations in flight. Taken on one thread and given back on another, so that a
 * stock for each thread would run dry on the one and over on the other; no lock, and nothing is
 * allocated while there are some. Thread-safe.
 */
final class SpareBuffers {
  private static final int BUFFER_BYTES = Scratch.READ_BYTES;

  /** Those kept at most; what is given back beyond is left to the collector. */
  private static final int PLACES = 64;

  private final AtomicReferenceArray<ByteBuffer> places = new AtomicReferenceArray<>(PLACES);

  ByteBuffer take() {
    for (int i = 0; i < PLACES; i++) {
      if (places.getPlain(i) != null) {
        ByteBuffer taken = places.getAndSet(i, null);
        if (taken != null) {
          return taken.clear();
        }
      }
    }
    return ByteBuffer.allocateDirect(BUFFER_BYTES);
  }

  void giveBack(ByteBuffer buffer) {
    for (int i = 0; i < PLACES; i++) {
      if (places.getPlain(i) == null && places.compareAndSet(i, null, buffer)) {
        return;
      }
    }
  }
}
