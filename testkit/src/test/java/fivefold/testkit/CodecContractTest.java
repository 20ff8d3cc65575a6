package fivefold.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.ProtocolException;
import fivefold.net.framing.Codec;
import fivefold.net.framing.FrameDecoder;
import fivefold.net.framing.LengthPrefix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecContractTest {
  private static final List<byte[]> SHORT = bytes("a", "", "bcd", "", "ef:,", "x".repeat(12));
  private static final List<byte[]> LONG = bytes("x".repeat(127), "y".repeat(128), "z".repeat(250));

  private static List<byte[]> bytes(String... frames) {
    return Arrays.stream(frames).map(frame -> frame.getBytes(ISO_8859_1)).toList();
  }

  static Stream<Codec> ofFramesOfAnyLength() {
    Stream<Codec> prefixes =
        IntStream.rangeClosed(1, 8)
            .boxed()
            .flatMap(width ->
                Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
                    .flatMap(order ->
                        Stream.of(true, false)
                            .map(itself -> new LengthPrefix(width, order, itself))))
            .map(prefix -> Codec.lengthPrefix(prefix, 250));
    Stream<Codec> others =
        Stream.of(
            Codec.lines(250),
            Codec.delimiter(new byte[] {0}, 250),
            Codec.delimiter("\r\n\r\n".getBytes(ISO_8859_1), 250),
            Codec.varintPrefix(250),
            Codec.netstrings(250),
            Codec.netstrings(300).carrying(Codec.lines(250)),
            Codec.lines(300).carrying(Codec.netstrings(250)),
            Codec.varintPrefix(400).carrying(Codec.netstrings(300)).carrying(Codec.lines(250)));
    return Stream.concat(prefixes, others);
  }

  @ParameterizedTest
  @MethodSource("ofFramesOfAnyLength")
  void everyCodecKeepsIt(Codec codec) throws Exception {
    CodecContract.check(codec, SHORT);
    CodecContract.check(codec, LONG);
  }

  @Test
  void framesOfOneSize() throws Exception {
    CodecContract.check(Codec.fixed(3), bytes("abc", "def", "\n\n\n"));
    CodecContract.check(Codec.fixed(1), bytes("a", "b"));
    assertThatThrownBy(() -> Codec.fixed(3).encode(ByteBuffer.allocate(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 3");
    assertThatThrownBy(() -> Codec.fixed(0)).hasMessageContaining("expected at least 1");
  }

  @Test
  void anInnerFrameMaySpanBlocks() throws Exception {
    Codec codec = Codec.fixed(4).carrying(Codec.lines(100));
    assertThat(decoded(codec, "one\ntwo\nthree and\nfour!!"))
        .containsExactly("one", "two", "three and", "four!!");
  }

  @Test
  void blocksThatEndOnlyWithTheInput() throws Exception {
    Codec codec = Codec.lines(100).carrying(Codec.delimiter(new byte[] {';'}, 100));
    assertThat(decoded(codec, "a;b;\nc;d;")).containsExactly("a", "b", "c", "d");
  }

  @ParameterizedTest
  @ValueSource(strings = {":a,", "01:a,", "1;a,", "1:a;", "99999999999:a", "-1:a,", "251:"})
  void whatIsNoNetstringIsRefused(String stream) {
    assertThatThrownBy(() -> decoded(Codec.netstrings(250), stream))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void lengthsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> decoded(Codec.varintPrefix(250), "\u00ff".repeat(6)))
        .isInstanceOf(ProtocolException.class);
    Codec itself = Codec.lengthPrefix(LengthPrefix.ofBytes(2).countingItself(), 250);
    assertThatThrownBy(() -> decoded(itself, "\0\1"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("count its own");
    Codec wide = Codec.lengthPrefix(LengthPrefix.ofBytes(8), Integer.MAX_VALUE);
    assertThatThrownBy(() -> decoded(wide, "\u00ff".repeat(8)))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("18446744073709551615");
  }

  @Test
  void whatWouldNotArriveAsOneFrameIsNotSent() {
    Codec lines = Codec.lines(100);
    assertThatThrownBy(() -> lines.encode(ByteBuffer.wrap(new byte[] {'a', '\n', 'b'})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at byte 1");
    Codec doubled = Codec.delimiter(new byte[] {';', ';'}, 100);
    assertThatThrownBy(() -> doubled.encode(ByteBuffer.wrap(new byte[] {'a', ';'})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lines.encode(ByteBuffer.allocate(101)))
        .hasMessageContaining("at most 100");
    Codec narrow = Codec.lengthPrefix(LengthPrefix.ofBytes(1), 1000);
    assertThatThrownBy(() -> narrow.encode(ByteBuffer.allocate(256)))
        .hasMessageContaining("at most 255");
  }

  /** The contract can fail. */
  @Test
  void aCodecThatBreaksItIsFound() {
    Codec careless =
        new Codec() {
          @Override
          public FrameDecoder newDecoder() {
            return new FrameDecoder() {
              @Override
              public boolean advance(ByteBuffer received) {
                // Takes what one read brings for a frame.
                boolean any = received.hasRemaining();
                received.position(received.limit());
                return any;
              }

              @Override
              public ByteBuffer frame(ByteBuffer received) {
                return received.position(3);
              }
            };
          }

          @Override
          public ByteBuffer encode(ByteBuffer frame) {
            return ByteBuffer.allocate(frame.remaining()).put(frame).flip();
          }
        };
    assertThatThrownBy(() -> CodecContract.check(careless, bytes("hello")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("cut at");
  }

  private static List<String> decoded(Codec codec, String stream) throws ProtocolException {
    FrameDecoder decoder = codec.newDecoder();
    ByteBuffer received = ByteBuffer.wrap(stream.getBytes(ISO_8859_1));
    Stream.Builder<String> frames = Stream.builder();
    while (decoder.advance(received)) {
      int next = received.position();
      int end = received.limit();
      frames.add(ISO_8859_1.decode(decoder.frame(received)).toString());
      received.limit(end).position(next);
    }
    for (ByteBuffer tail = decoder.tail(); tail != null; tail = decoder.tail()) {
      frames.add(ISO_8859_1.decode(tail).toString());
    }
    return frames.build().toList();
  }
}
