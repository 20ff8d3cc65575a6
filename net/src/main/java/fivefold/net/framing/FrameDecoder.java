package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds where frames end, for one connection: it may keep state. Whoever drives it asks for one
 * frame after the other:
 *
 * <pre>{@code
 * while (decoder.advance(received)) {
 *   int next = received.position(), end = received.limit();
 *   use(decoder.frame(received));
 *   received.limit(end).position(next);
 * }
 * }</pre>
 *
 * <p>Not thread-safe: the calls of one connection never overlap.
 */
public interface FrameDecoder {

  /**
   * Takes bytes up to the end of the next frame; all of them, and keeps a copy of what it must,
   * when the frame does not end in them.
   *
   * @return whether a frame is complete
   * @throws ProtocolException when the frame is longer than allowed, or is no frame at all; the
   *     connection is closed then
   */
  boolean advance(ByteBuffer received) throws ProtocolException;

  /**
   * The frame {@link #advance} has just completed: the received buffer narrowed to it, or a buffer
   * of its own when it came in pieces. Valid until the next call.
   */
  ByteBuffer frame(ByteBuffer received);

  /**
   * What the end of the input leaves, when that counts as a frame; asked again until there is no
   * more.
   */
  default @Nullable ByteBuffer tail() throws ProtocolException {
    return null;
  }
}
