package fivefold.net.framing;

import fivefold.net.StreamHandler;

/**
 * From bytes to bounded messages: the common framings in one call; {@link Codec} has them all. Each
 * method makes a handler for one connection:
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
    return Codec.lines(limitBytes).handler(new LineDecoder(handler));
  }

  /**
   * Frames that end with these bytes. What follows the last delimiter when the peer closes is
   * dropped: the peer did not end it.
   *
   * @param limitBytes the longest frame, without the delimiter
   */
  public static StreamHandler delimiter(byte[] delimiter, int limitBytes, FrameHandler handler) {
    return Codec.delimiter(delimiter, limitBytes).handler(handler);
  }

  /**
   * Frames that follow their length, a big-endian number of 1 to 8 bytes that counts the frame
   * without itself. A frame that is cut off when the peer closes is dropped.
   *
   * @param limitBytes the longest frame
   */
  public static StreamHandler lengthPrefix(int prefixBytes, int limitBytes, FrameHandler handler) {
    return Codec.lengthPrefix(LengthPrefix.ofBytes(prefixBytes), limitBytes).handler(handler);
  }
}
