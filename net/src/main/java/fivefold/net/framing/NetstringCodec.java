package fivefold.net.framing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames between their length in digits and a comma. */
record NetstringCodec(int limitBytes) implements Codec {

  @Override
  public FrameDecoder newDecoder() {
    return new AnnouncedFrames(new NetstringLength(), limitBytes);
  }

  @Override
  public ByteBuffer encode(ByteBuffer frame) {
    int length = Limits.checkedLength(frame, limitBytes);
    byte[] head = (length + ":").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer encoded = ByteBuffer.allocate(Math.addExact(length, head.length + 1));
    return encoded.put(head).put(frame).put((byte) ',').flip();
  }
}
