package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Frames that end with a delimiter. */
final class DelimitedFrames implements FrameDecoder {
  private final byte[] delimiter;
  private final int limitBytes;
  private final boolean asLines;

  /**
   * How much of the delimiter to believe in still when byte i + 1 does not match (Knuth, Morris and
   * Pratt 1977): each byte is looked at once, however the pieces fall.
   */
  private final int[] fallback;

  private final GatheredFrame gathered = new GatheredFrame();
  private int matched;
  private boolean gatheredIsFrame;
  private int frameStart;
  private int frameLength;

  /**
   * @param asLines a CR before the delimiter belongs to it, and the tail is a frame
   */
  DelimitedFrames(byte[] delimiter, int limitBytes, boolean asLines) {
    this.delimiter = delimiter;
    this.limitBytes = limitBytes;
    this.asLines = asLines;
    this.fallback = fallback(delimiter);
  }

  private static int[] fallback(byte[] delimiter) {
    int[] longest = new int[delimiter.length];
    int border = 0;
    for (int i = 1; i < delimiter.length; i++) {
      while (border > 0 && delimiter[i] != delimiter[border]) {
        border = longest[border - 1];
      }
      if (delimiter[i] == delimiter[border]) {
        border++;
      }
      longest[i] = border;
    }
    return longest;
  }

  @Override
  public boolean advance(ByteBuffer received) throws ProtocolException {
    if (gatheredIsFrame) {
      gatheredIsFrame = false;
      gathered.release();
    }
    int start = received.position();
    int end = endOfDelimiter(received);
    int pieceLength = (end < 0 ? received.limit() : end) - start;
    check(received, start, pieceLength, end < 0 ? matched : delimiter.length);
    if (end < 0) {
      gathered.take(received, pieceLength);
      return false;
    }
    if (gathered.length() > 0) {
      gathered.take(received, pieceLength);
      gatheredIsFrame = true;
      frameLength = gathered.length() - delimiter.length;
    } else {
      received.position(end);
      frameStart = start;
      frameLength = pieceLength - delimiter.length;
    }
    return true;
  }

  /** The position after the next delimiter, or -1 when the bytes end before it does. */
  private int endOfDelimiter(ByteBuffer received) {
    int limit = received.limit();
    for (int i = received.position(); i < limit; i++) {
      byte next = received.get(i);
      while (matched > 0 && next != delimiter[matched]) {
        matched = fallback[matched - 1];
      }
      if (next == delimiter[matched] && ++matched == delimiter.length) {
        matched = 0;
        return i + 1;
      }
    }
    return -1;
  }

  /**
   * Before anything is kept: all but what is, or may become, the delimiter is within the limit.
   *
   * @param ofDelimiter how many of the last bytes that is
   */
  private void check(ByteBuffer received, int start, int pieceLength, int ofDelimiter)
      throws ProtocolException {
    long length = (long) gathered.length() + pieceLength - ofDelimiter;
    if (length <= limitBytes) {
      return;
    }
    if (asLines && length == limitBytes + 1L) {
      int last = (int) length - 1 - gathered.length();
      if ((last < 0 ? gathered.last() : received.get(start + last)) == '\r') {
        return;
      }
    }
    throw new ProtocolException(
        "more than " + limitBytes + " bytes without " + (asLines ? "a line end" : "a delimiter"));
  }

  @Override
  public ByteBuffer frame(ByteBuffer received) {
    ByteBuffer frame =
        gatheredIsFrame
            ? gathered.view(frameLength)
            : received.limit(frameStart + frameLength).position(frameStart);
    return asLines ? withoutCarriageReturn(frame) : frame;
  }

  @Override
  public @Nullable ByteBuffer tail() {
    if (!asLines || gathered.length() == 0) {
      return null;
    }
    ByteBuffer tail = withoutCarriageReturn(gathered.view(gathered.length()));
    gathered.release();
    return tail;
  }

  private static ByteBuffer withoutCarriageReturn(ByteBuffer line) {
    int last = line.limit() - 1;
    return line.hasRemaining() && line.get(last) == '\r' ? line.limit(last) : line;
  }
}
