package fivefold.net.loop;

import java.nio.ByteBuffer;

/**
 * What a thread works with while it serves connections one after the other: buffers that no idle
 * connection holds, and counters that no other thread writes.
 */
public final class Scratch {
  /**
   * As much as one read takes. 64 KiB is what a loopback or a tuned receive window delivers at
   * once; larger ones measured no better.
   */
  public static final int READ_BYTES = 64 * 1024;

  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final ByteBuffer gatherBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final Counters counters = new Counters();

  public ByteBuffer readBuffer() {
    return readBuffer;
  }

  /** Where what is sent during one call of a handler is put together. */
  public ByteBuffer gatherBuffer() {
    return gatherBuffer;
  }

  public Counters counters() {
    return counters;
  }
}
