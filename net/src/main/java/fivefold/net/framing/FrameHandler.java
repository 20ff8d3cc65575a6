package fivefold.net.framing;

import fivefold.net.Connection;
import java.nio.ByteBuffer;

/** Hears whole frames. */
@FunctionalInterface
public interface FrameHandler extends FramedHandler {
  /**
   * One frame has arrived.
   *
   * @param frame without prefix or delimiter, position to limit; valid during the call only. Beyond
   *     its limit may lie the next frame.
   */
  void onFrame(Connection connection, ByteBuffer frame) throws Exception;
}
