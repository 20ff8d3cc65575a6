package fivefold.net.framing;

import java.nio.ByteBuffer;

/** Frames that follow their length as a varint. */
record VarintCodec(int limitBytes) implements Codec {

  @Override
  public FrameDecoder newDecoder() {
    return new AnnouncedFrames(new VarintLength(), limitBytes);
  }

  @Override
  public ByteBuffer encode(ByteBuffer frame) {
    int length = Limits.checkedLength(frame, limitBytes);
    ByteBuffer encoded =
        ByteBuffer.allocate(Math.addExact(length, VarintLength.encodedBytes(length)));
    VarintLength.encode(length, encoded);
    return encoded.put(frame).flip();
  }
}
