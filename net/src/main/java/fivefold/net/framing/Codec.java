package fivefold.net.framing;

import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;

/**
 * How messages lie in a stream of bytes: cuts what is received into frames, and makes the bytes to
 * send of a frame.
 *
 * <pre>{@code
 * Codec codec = Codec.netstrings(1024);
 * Server.tcp(7008, () -> codec.handler((peer, frame) -> peer.send(codec.encode(frame)))).start();
 * }</pre>
 *
 * <p>A codec of your own implements {@link #newDecoder} and {@link #encode}; {@code
 * fivefold.testkit.CodecContract} checks it at every position where a stream can be cut.
 *
 * <p>A codec is immutable and shared; what a connection needs to remember is in its decoder.
 * Whatever its limit is, a frame longer than that closes the connection as soon as that is known.
 */
public interface Codec {

  /** A decoder for one connection. */
  FrameDecoder newDecoder();

  /**
   * The bytes that stand for this frame, in a new buffer: one message, so that a slow consumer's
   * outbox keeps or drops it as a whole.
   *
   * @param frame position to limit; its position is moved to its limit
   * @throws IllegalArgumentException when it can be no frame of this codec: too long, or with the
   *     delimiter in it
   */
  ByteBuffer encode(ByteBuffer frame);

  /** A handler for one connection that hears whole frames. */
  default StreamHandler handler(FrameHandler handler) {
    return new FramedStream(newDecoder(), handler);
  }

  /**
   * This codec's frames carry the stream of another: blocks with a length that hold lines, say. A
   * frame of the inner codec may begin in one block and end in a later one. Each block is copied
   * once; when sending, each inner frame becomes a block of its own.
   */
  default Codec carrying(Codec inner) {
    return new ChainedCodec(this, inner);
  }

  /**
   * Frames that end with LF or CR LF, sent with LF. What follows the last line end when the peer
   * closes is a line too.
   *
   * @param limitBytes the longest line, without its end
   */
  static Codec lines(int limitBytes) {
    return new DelimiterCodec(new byte[] {'\n'}, Limits.atLeastZero(limitBytes), true);
  }

  /**
   * Frames that end with these bytes. What follows the last delimiter when the peer closes is
   * dropped: the peer did not end it.
   *
   * @param limitBytes the longest frame, without the delimiter
   */
  static Codec delimiter(byte[] delimiter, int limitBytes) {
    if (delimiter.length == 0) {
      throw new IllegalArgumentException("the delimiter is empty; expected at least one byte");
    }
    return new DelimiterCodec(delimiter.clone(), Limits.atLeastZero(limitBytes), false);
  }

  /**
   * Frames that follow their length. One that is cut off when the peer closes is dropped.
   *
   * @param limitBytes the longest frame, without its prefix
   */
  static Codec lengthPrefix(LengthPrefix prefix, int limitBytes) {
    return new LengthPrefixCodec(prefix, Limits.atLeastZero(limitBytes));
  }

  /**
   * Frames that follow their length as a varint of seven bits a byte, the lowest first, as Protocol
   * Buffers writes delimited messages.
   *
   * @param limitBytes the longest frame, without its prefix
   */
  static Codec varintPrefix(int limitBytes) {
    return new VarintCodec(Limits.atLeastZero(limitBytes));
  }

  /**
   * Netstrings: {@code 5:hello,}.
   *
   * @param limitBytes the longest frame, without digits, colon and comma
   * @see <a href="https://cr.yp.to/proto/netstrings.txt">Netstrings</a>
   */
  static Codec netstrings(int limitBytes) {
    return new NetstringCodec(Limits.atLeastZero(limitBytes));
  }

  /**
   * Frames that are all as long as this, with nothing between them.
   *
   * @param frameBytes at least 1
   */
  static Codec fixed(int frameBytes) {
    if (frameBytes < 1) {
      throw new IllegalArgumentException(
          "frame size in bytes is " + frameBytes + "; expected at least 1");
    }
    return new FixedCodec(frameBytes);
  }
}
