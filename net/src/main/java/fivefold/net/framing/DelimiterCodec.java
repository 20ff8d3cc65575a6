package fivefold.net.framing;

import java.nio.ByteBuffer;

/** Frames that end with a delimiter. */
final class DelimiterCodec implements Codec {
  private final byte[] delimiter;
  private final int limitBytes;
  private final boolean asLines;

  DelimiterCodec(byte[] delimiter, int limitBytes, boolean asLines) {
    this.delimiter = delimiter;
    this.limitBytes = limitBytes;
    this.asLines = asLines;
  }

  @Override
  public FrameDecoder newDecoder() {
    return new DelimitedFrames(delimiter, limitBytes, asLines);
  }

  @Override
  public ByteBuffer encode(ByteBuffer frame) {
    int length = Limits.checkedLength(frame, limitBytes);
    ByteBuffer encoded = ByteBuffer.allocate(Math.addExact(length, delimiter.length));
    encoded.put(frame).put(delimiter).flip();
    // A part of the frame together with the delimiter could also be read as an earlier delimiter.
    int end = firstDelimiter(encoded);
    if (end != length) {
      throw new IllegalArgumentException(
          "the frame has the delimiter in it, at byte " + end + "; it would arrive as two");
    }
    return encoded;
  }

  private int firstDelimiter(ByteBuffer bytes) {
    int at = 0;
    while (!startsWithDelimiter(bytes, at)) {
      at++;
    }
    return at;
  }

  private boolean startsWithDelimiter(ByteBuffer bytes, int at) {
    for (int i = 0; i < delimiter.length; i++) {
      if (bytes.get(at + i) != delimiter[i]) {
        return false;
      }
    }
    return true;
  }
}
