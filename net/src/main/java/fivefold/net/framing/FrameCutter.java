package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds where frames end.
 *
 * <pre>{@code
 * while (cutter.advance(received)) {
 *   int next = received.position(), end = received.limit();
 *   use(cutter.frame(received));
 *   received.limit(end).position(next);
 * }
 * }</pre>
 */
interface FrameCutter {

  /**
   * Takes bytes up to the end of the next frame; all of them, and keeps what it must, when the
   * frame does not end in them.
   *
   * @return whether a frame is complete
   * @throws ProtocolException when the frame is longer than allowed
   */
  boolean advance(ByteBuffer received) throws ProtocolException;

  /**
   * The frame {@link #advance} has just completed: the received buffer narrowed to it, or a buffer
   * of its own when it came in pieces. Valid until the next call.
   */
  ByteBuffer frame(ByteBuffer received);

  /** What the end of the input leaves, when that counts as a frame. */
  @Nullable ByteBuffer tail();
}
