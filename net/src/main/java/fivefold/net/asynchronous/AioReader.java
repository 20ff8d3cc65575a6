package fivefold.net.asynchronous;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;

/**
 * The receiving side of a channel. A read holds its buffer until something comes, so that of an
 * idle connection is small; after a read that filled it a larger one is borrowed, until little
 * comes again. On the strand.
 */
final class AioReader {
  private static final int IDLE_BUFFER_BYTES = 2 * 1024;

  private final SpareBuffers spares;
  private final AioOperation operation;
  private final ByteBuffer idleBuffer = ByteBuffer.allocateDirect(IDLE_BUFFER_BYTES);
  private ByteBuffer buffer = idleBuffer;
  private boolean borrowed;
  private boolean reading;
  private int lastCount;

  /**
   * The reader of a channel.
   *
   * @param whenOver told that {@link #over} has something to say
   */
  AioReader(
      AioStrand strand, AsynchronousSocketChannel channel, SpareBuffers spares, Runnable whenOver) {
    this.spares = spares;
    this.operation = new AioOperation(strand, channel, whenOver);
  }

  /** What was read before is gone. */
  void start() {
    reading = true;
    fitBuffer();
    operation.read(buffer.clear());
  }

  boolean isReading() {
    return reading;
  }

  /** Bytes read, 0 for the end, or a negative errno. */
  int over() {
    reading = false;
    lastCount = operation.outcome();
    return lastCount;
  }

  /** Whether the last read had room for more than there was. */
  boolean tookAll() {
    return lastCount < buffer.capacity();
  }

  /** What was read; compacted, what the user has left of it can be had again. */
  ByteBuffer data() {
    return buffer.flip();
  }

  private void fitBuffer() {
    if (!borrowed && lastCount == IDLE_BUFFER_BYTES) {
      buffer = spares.take();
      borrowed = true;
    } else if (borrowed && lastCount < IDLE_BUFFER_BYTES) {
      giveBack();
    }
  }

  private void giveBack() {
    spares.giveBack(buffer);
    buffer = idleBuffer;
    borrowed = false;
  }

  /** The channel is closed. A buffer that a read may still write to is not lent to another. */
  void close() {
    if (borrowed && !reading) {
      giveBack();
    }
  }
}
