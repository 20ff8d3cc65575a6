package guide;

import fivefold.net.Connection;
import fivefold.net.framing.Codec;
import fivefold.net.framing.FrameHandler;
import fivefold.net.framing.LengthPrefix;
import java.nio.ByteBuffer;

/** Sends each frame back, its bytes in reverse. */
class Reverser implements FrameHandler {
  static final Codec CODEC = Codec.lengthPrefix(LengthPrefix.ofBytes(2), 10_000);

  @Override
  public void onFrame(Connection peer, ByteBuffer frame) {
    byte[] reversed = new byte[frame.remaining()];
    for (int i = reversed.length - 1; i >= 0; i--) {
      reversed[i] = frame.get();
    }
    peer.send(CODEC.encode(ByteBuffer.wrap(reversed)));
  }
}
