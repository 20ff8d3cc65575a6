package fivefold.net.framing;

import fivefold.net.CloseReason;
import fivefold.net.Connection;

/** What a handler of frames or lines may hear besides them; each has a default. */
public interface FramedHandler {

  /** The connection is there; the first call. */
  default void onOpen(Connection connection) throws Exception {}

  /** The peer will send no more; the default closes after what was sent. */
  default void onEnd(Connection connection) throws Exception {
    connection.close();
  }

  /** The outbox, which had become full to its high watermark, is down at its low one. */
  default void onWritable(Connection connection) throws Exception {}

  /** The connection is gone; the last call. */
  default void onClose(Connection connection, CloseReason reason) throws Exception {}
}
