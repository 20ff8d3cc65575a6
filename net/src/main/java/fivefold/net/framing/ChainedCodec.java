package fivefold.net.framing;

import java.nio.ByteBuffer;

/** The stream of one codec within the frames of another. */
record ChainedCodec(Codec outer, Codec inner) implements Codec {

  @Override
  public FrameDecoder newDecoder() {
    return new ChainedFrames(outer.newDecoder(), inner.newDecoder());
  }

  @Override
  public ByteBuffer encode(ByteBuffer frame) {
    return outer.encode(inner.encode(frame));
  }
}
