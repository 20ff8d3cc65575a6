package fivefold.net.framing;

import java.nio.ByteBuffer;

/** Frames of one size. */
record FixedCodec(int frameBytes) implements Codec {

  @Override
  public FrameDecoder newDecoder() {
    return new AnnouncedFrames(new ConstantLength(frameBytes), frameBytes);
  }

  @Override
  public ByteBuffer encode(ByteBuffer frame) {
    if (frame.remaining() != frameBytes) {
      throw new IllegalArgumentException(
          "a frame of " + frame.remaining() + " bytes is to be sent; expected " + frameBytes);
    }
    return ByteBuffer.allocate(frameBytes).put(frame).flip();
  }
}
