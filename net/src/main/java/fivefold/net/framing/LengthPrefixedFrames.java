package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Frames that follow their length. */
final class LengthPrefixedFrames implements FrameCutter {
  private final int prefixBytes;
  private final int limitBytes;
  private final GatheredFrame gathered = new GatheredFrame();

  private int prefixSeen;
  private long announced;
  private boolean gatheredIsFrame;
  private int frameStart;
  private int frameLength;

  LengthPrefixedFrames(int prefixBytes, int limitBytes) {
    this.prefixBytes = prefixBytes;
    this.limitBytes = limitBytes;
  }

  @Override
  public boolean advance(ByteBuffer received) throws ProtocolException {
    if (gatheredIsFrame) {
      gatheredIsFrame = false;
      gathered.release();
    }
    if (!readPrefix(received)) {
      return false;
    }
    int missing = (int) announced - gathered.length();
    if (received.remaining() < missing) {
      gathered.take(received, received.remaining());
      return false;
    }
    frameLength = (int) announced;
    if (gathered.length() > 0) {
      gathered.take(received, missing);
      gatheredIsFrame = true;
    } else {
      frameStart = received.position();
      received.position(frameStart + frameLength);
    }
    prefixSeen = 0;
    announced = 0;
    return true;
  }

  /** Byte by byte, because the prefix too may arrive in pieces. */
  private boolean readPrefix(ByteBuffer received) throws ProtocolException {
    if (prefixSeen == prefixBytes) {
      return true;
    }
    while (prefixSeen < prefixBytes) {
      if (!received.hasRemaining()) {
        return false;
      }
      announced = announced << 8 | (received.get() & 0xFF);
      prefixSeen++;
    }
    if (announced > limitBytes) {
      throw new ProtocolException(
          "a frame of " + announced + " bytes was announced; at most " + limitBytes + " allowed");
    }
    return true;
  }

  @Override
  public ByteBuffer frame(ByteBuffer received) {
    return gatheredIsFrame
        ? gathered.view(frameLength)
        : received.limit(frameStart + frameLength).position(frameStart);
  }

  @Override
  public @Nullable ByteBuffer tail() {
    return null;
  }
}
