package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;

/** Frames whose length is known before their first byte. */
final class AnnouncedFrames implements FrameDecoder {
  private final LengthField field;
  private final int limitBytes;
  private final GatheredFrame gathered = new GatheredFrame();

  private boolean announced;
  private boolean gatheredIsFrame;
  private int frameStart;
  private int frameLength;

  AnnouncedFrames(LengthField field, int limitBytes) {
    this.field = field;
    this.limitBytes = limitBytes;
  }

  @Override
  public boolean advance(ByteBuffer received) throws ProtocolException {
    if (gatheredIsFrame) {
      gatheredIsFrame = false;
      gathered.release();
    }
    if (!announced && !readLength(received)) {
      return false;
    }
    // Not added up: a frame may be as long as an int can say, and its trailer comes on top.
    long missing = (long) frameLength + field.trailerBytes() - gathered.length();
    if (received.remaining() < missing) {
      gathered.take(received, received.remaining());
      return false;
    }
    if (gathered.length() > 0) {
      gathered.take(received, (int) missing);
      gatheredIsFrame = true;
      field.checkTrailer(gathered.view(gathered.length()).position(frameLength));
    } else {
      frameStart = received.position();
      field.checkTrailer(received.position(frameStart + frameLength));
      received.position(frameStart + frameLength + field.trailerBytes());
    }
    announced = false;
    return true;
  }

  private boolean readLength(ByteBuffer received) throws ProtocolException {
    if (!field.read(received)) {
      return false;
    }
    long length = field.takeLength();
    if (length < 0 || length > limitBytes) {
      throw new ProtocolException(
          "a frame of "
              + Long.toUnsignedString(length)
              + " bytes was announced; at most "
              + limitBytes
              + " allowed");
    }
    frameLength = (int) length;
    announced = true;
    return true;
  }

  @Override
  public ByteBuffer frame(ByteBuffer received) {
    return gatheredIsFrame
        ? gathered.view(frameLength)
        : received.limit(frameStart + frameLength).position(frameStart);
  }
}
