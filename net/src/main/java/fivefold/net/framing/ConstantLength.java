package fivefold.net.framing;

import java.nio.ByteBuffer;

/** No field at all: every frame is as long as every other. */
record ConstantLength(int frameBytes) implements LengthField {

  @Override
  public boolean read(ByteBuffer received) {
    return true;
  }

  @Override
  public long takeLength() {
    return frameBytes;
  }
}
