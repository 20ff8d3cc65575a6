package fivefold.net.asynchronous;

import fivefold.sys.Errno;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The sending side of a channel. Bytes are copied, since a write that is not over at once keeps
 * what it was given; the buffer is borrowed for as long as that takes. On the strand.
 */
final class AioWriter {
  private final SpareBuffers spares;
  private final AioOperation operation;
  private @Nullable ByteBuffer buffer;
  private int inFlightBytes;

  /**
   * The writer of a channel.
   *
   * @param whenOver told that {@link #over} has something to say
   */
  AioWriter(
      AioStrand strand, AsynchronousSocketChannel channel, SpareBuffers spares, Runnable whenOver) {
    this.spares = spares;
    this.operation = new AioOperation(strand, channel, whenOver);
  }

  /** How many bytes are in flight. */
  int inFlightBytes() {
    return buffer == null ? 0 : inFlightBytes;
  }

  /**
   * Writes what it can at once, and begins to write more of it: that stays in the buffer.
   *
   * @return bytes written, by which the buffer's position has moved; {@code -EAGAIN} for none
   *     because a write is in flight already, or another negative errno
   */
  int write(ByteBuffer bytes) {
    if (buffer != null) {
      return -Errno.EAGAIN;
    }
    ByteBuffer copy = spares.take();
    int written = 0;
    while (bytes.hasRemaining()) {
      int count = Math.min(bytes.remaining(), copy.capacity());
      copy.put(0, bytes, bytes.position(), count).position(0).limit(count);
      int outcome = operation.write(copy);
      if (outcome == AioOperation.PENDING) {
        buffer = copy;
        inFlightBytes = count;
        return written;
      }
      if (outcome < 0) {
        spares.giveBack(copy);
        return outcome;
      }
      written += outcome;
      bytes.position(bytes.position() + outcome);
    }
    spares.giveBack(copy);
    return written;
  }

  /** A write that was in flight is over: bytes written, which may be fewer, or a negative errno. */
  int over() {
    if (buffer != null) {
      spares.giveBack(buffer);
      buffer = null;
    }
    return operation.outcome();
  }
}
