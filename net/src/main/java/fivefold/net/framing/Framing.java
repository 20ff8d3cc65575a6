package fivefold.net.framing;

import fivefold.net.StreamHandler;

/**
 * From bytes to bounded messages. Each method makes a handler for one connection:
 *
 * <pre>{@code
 * Server.tcp(7008, () -> Framing.lines(4096, (peer, line) -> peer.sendLine(line.strip()))).start();
 * }</pre>
 *
 * <ul>
 *   <li>A frame longer than the limit closes the connection as a protocol error as soon as that is
 *       known, so a peer can make a connection hold no more than the limit.
 *   <li>After the handler has closed the connection it gets no further frame, even when some had
 *       arrived together.
 *   <li>{@link fivefold.net.Connection#pauseReading} holds between frames too: those that had
 *       arrived with the one that paused wait, and come first when reading resumes.
 *   <li>The connection passed to the handler is a view of the server's own; it is the same in every
 *       call.
 * </ul>
 */
public final class Framing {
  private Framing() {}

  /**
   * Lines that end with LF or CR LF. What follows the last line end when the peer closes is a line
   * too.
   *
   * @param limitBytes the longest line, without its end
   */
  public static StreamHandler lines(int limitBytes, LineHandler handler) {
    FrameCutter lines = new DelimitedFrames(new byte[] {'\n'}, atLeastZero(limitBytes), true);
    return new FramedStream(lines, new LineDecoder(handler));
  }

  /**
   * Frames that end with these bytes. What follows the last delimiter when the peer closes is
   * dropped: the peer did not end it.
   *
   * @param limitBytes the longest frame, without the delimiter
   */
  public static StreamHandler delimiter(byte[] delimiter, int limitBytes, FrameHandler handler) {
    if (delimiter.length == 0) {
      throw new IllegalArgumentException("the delimiter is empty; expected at least one byte");
    }
    FrameCutter frames = new DelimitedFrames(delimiter.clone(), atLeastZero(limitBytes), false);
    return new FramedStream(frames, handler);
  }

  /**
   * Frames that follow their length, a big-endian number of 1, 2, 3 or 4 bytes that counts the
   * frame without itself. A frame that is cut off when the peer closes is dropped.
   *
   * @param limitBytes the longest frame
   */
  public static StreamHandler lengthPrefix(int prefixBytes, int limitBytes, FrameHandler handler) {
    if (prefixBytes < 1 || prefixBytes > 4) {
      throw new IllegalArgumentException(
          "length prefix in bytes is " + prefixBytes + "; expected 1 to 4");
    }
    return new FramedStream(
        new LengthPrefixedFrames(prefixBytes, atLeastZero(limitBytes)), handler);
  }

  private static int atLeastZero(int limitBytes) {
    if (limitBytes < 0) {
      throw new IllegalArgumentException(
          "frame limit in bytes is " + limitBytes + "; expected at least 0");
    }
    return limitBytes;
  }
}
