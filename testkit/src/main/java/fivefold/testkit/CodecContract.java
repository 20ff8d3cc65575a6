package fivefold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.ProtocolException;
import fivefold.net.framing.Codec;
import fivefold.net.framing.FrameDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What every {@link Codec} keeps: a stream gives the same frames wherever it is cut into reads.
 *
 * <pre>{@code
 * @Test
 * void itCutsRight() throws Exception {
 *   CodecContract.check(new MyCodec(), List.of(new byte[0], "hello".getBytes(US_ASCII)));
 * }
 * }</pre>
 */
public final class CodecContract {
  /** Up to here every pair of cuts is tried: the square of it, in decodings. */
  private static final int PAIRS_UP_TO_BYTES = 120;

  private CodecContract() {}

  /**
   * Encodes the frames one after the other and decodes them: at once, byte by byte, cut at every
   * position, and at every two positions when the stream is short. Each read comes in a buffer that
   * is longer than what was read and is overwritten afterwards, as an engine's is.
   *
   * @throws AssertionError with the cuts, when other frames come out
   */
  public static void check(Codec codec, List<byte[]> frames) throws ProtocolException {
    List<String> expected = frames.stream().map(CodecContract::text).toList();
    byte[] stream = stream(codec, frames);
    decodesTo(expected, codec, stream);
    int[] everywhere = new int[stream.length];
    for (int i = 0; i < stream.length; i++) {
      everywhere[i] = i;
      decodesTo(expected, codec, stream, i);
    }
    decodesTo(expected, codec, stream, everywhere);
    if (stream.length <= PAIRS_UP_TO_BYTES) {
      for (int first = 1; first < stream.length; first++) {
        for (int second = first + 1; second < stream.length; second++) {
          decodesTo(expected, codec, stream, first, second);
        }
      }
    }
  }

  private static byte[] stream(Codec codec, List<byte[]> frames) {
    ByteBuffer all = ByteBuffer.allocate(1 << 20);
    for (byte[] frame : frames) {
      ByteBuffer in = ByteBuffer.wrap(frame);
      all.put(codec.encode(in));
      assertThat(in.hasRemaining()).as("encode takes the whole frame").isFalse();
    }
    byte[] stream = new byte[all.position()];
    all.flip().get(stream);
    return stream;
  }

  private static void decodesTo(List<String> expected, Codec codec, byte[] stream, int... cuts)
      throws ProtocolException {
    FrameDecoder decoder = codec.newDecoder();
    List<String> decoded = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      read(decoder, stream, from, cut, decoded);
      from = cut;
    }
    read(decoder, stream, from, stream.length, decoded);
    for (ByteBuffer tail = decoder.tail(); tail != null; tail = decoder.tail()) {
      decoded.add(text(tail));
    }
    assertThat(decoded).as("decoded, the stream being cut at %s", cuts).isEqualTo(expected);
  }

  private static void read(
      FrameDecoder decoder, byte[] stream, int from, int to, List<String> decoded)
      throws ProtocolException {
    if (from == to) {
      return;
    }
    int before = 3;
    int after = 2;
    ByteBuffer received = ByteBuffer.allocateDirect(before + to - from + after);
    received.position(before).put(stream, from, to - from).flip().position(before);
    while (decoder.advance(received)) {
      int next = received.position();
      int end = received.limit();
      decoded.add(text(decoder.frame(received)));
      received.limit(end).position(next);
    }
    assertThat(received.hasRemaining()).as("advance takes all when no frame ends").isFalse();
    received.clear();
    while (received.hasRemaining()) {
      received.put((byte) '?');
    }
  }

  private static String text(byte[] bytes) {
    return text(ByteBuffer.wrap(bytes));
  }

  private static String text(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return new String(copy, StandardCharsets.ISO_8859_1);
  }
}
