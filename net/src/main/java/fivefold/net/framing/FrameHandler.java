package fivefold.net.framing;

import fivefold.net.Connection;
import java.nio.ByteBuffer;

/** Hears whole frames. */
@FunctionalInterface
public interface FrameHandler {
  /**
   * One frame has arrived.
   *
   * @param frame without prefix or delimiter; valid during the call only
   */
  void onFrame(Connection connection, ByteBuffer frame) throws Exception;
}
