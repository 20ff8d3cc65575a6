package fivefold.net.framing;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames to text. */
record LineDecoder(LineHandler lines) implements FrameHandler {

  @Override
  public void onFrame(Connection connection, ByteBuffer frame) throws Exception {
    lines.onLine(connection, decode(frame));
  }

  private static String decode(ByteBuffer line) {
    int length = line.remaining();
    if (line.hasArray()) {
      return new String(
          line.array(), line.arrayOffset() + line.position(), length, StandardCharsets.UTF_8);
    }
    byte[] bytes = new byte[length];
    line.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void onOpen(Connection connection) throws Exception {
    lines.onOpen(connection);
  }

  @Override
  public void onEnd(Connection connection) throws Exception {
    lines.onEnd(connection);
  }

  @Override
  public void onWritable(Connection connection) throws Exception {
    lines.onWritable(connection);
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) throws Exception {
    lines.onClose(connection, reason);
  }
}
