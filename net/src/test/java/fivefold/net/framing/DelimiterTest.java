package fivefold.net.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.ProtocolException;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimiterTest {

  private static Function<List<String>, StreamHandler> frames(String delimiter, int limitBytes) {
    return heard ->
        Framing.delimiter(
            latin(delimiter), limitBytes, (connection, frame) -> heard.add(text(frame)));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Delimiters that begin as they go on are the ones a naive search gets wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n\r\n", "aab", "abab", "aaa", "abcabd"})
  void everySplitGivesTheFramesOfALeftToRightSearch(String delimiter) throws Exception {
    Random random = new Random(delimiter.hashCode());
    for (int round = 0; round < 200; round++) {
      StringBuilder stream = new StringBuilder();
      for (int i = 0; i < 12; i++) {
        stream.append(
            random.nextInt(3) == 0
                ? delimiter
                : delimiter.substring(0, random.nextInt(delimiter.length() + 1)));
      }
      byte[] bytes = latin(stream.append(delimiter).toString());
      List<String> expected =
          Arrays.asList((stream + "|").split(java.util.regex.Pattern.quote(delimiter), -1));
      expected = expected.subList(0, expected.size() - 1);

      assertThat(Pieces.heard(frames(delimiter, 999), bytes)).isEqualTo(expected);
      assertThat(Pieces.heard(frames(delimiter, 999), bytes, Pieces.everyByte(bytes)))
          .isEqualTo(expected);
      assertThat(Pieces.heard(frames(delimiter, 999), bytes, Pieces.random(bytes, random)))
          .isEqualTo(expected);
    }
  }

  @Test
  void theLimitHoldsAtEverySplit() throws Exception {
    byte[] atLimit = latin("1234\r\n\r\n");
    byte[] beyond = latin("12345\r\n\r\n");
    for (int cut = 0; cut <= atLimit.length; cut++) {
      assertThat(Pieces.heard(frames("\r\n\r\n", 4), atLimit, cut)).containsExactly("1234");
      int at = cut;
      assertThatThrownBy(() -> Pieces.heard(frames("\r\n\r\n", 4), beyond, at))
          .isInstanceOf(ProtocolException.class);
    }
  }

  @Test
  void whatLooksLikeTheDelimiterAndIsNotCountsAsFrame() throws Exception {
    assertThat(Pieces.heard(frames("--", 3), latin("a-b--"), 2)).containsExactly("a-b");
    assertThatThrownBy(() -> Pieces.heard(frames("--", 2), latin("a-b--"), 2))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void whatTheEndLeavesIsDropped() throws Exception {
    assertThat(Pieces.heard(frames(";", 9), latin("a;b"))).containsExactly("a");
  }

  @Test
  void aFrameThatLiesWholeInTheBufferIsNotCopied() throws Exception {
    List<ByteBuffer> heard = new ArrayList<>();
    StreamHandler handler =
        Framing.delimiter(latin(";"), 9, (connection, frame) -> heard.add(frame));
    FakeConnection connection = new FakeConnection();
    handler.onOpen(connection);
    ByteBuffer received = ByteBuffer.wrap(latin("ab;cd;e"));
    handler.onReceive(connection, received);
    assertThat(heard).hasSize(2).allSatisfy(frame -> assertThat(frame).isSameAs(received));
    assertThat(received.remaining()).isZero();
  }

  @Test
  void aHandlerMayLeaveOrChangeWhatItGets() throws Exception {
    List<String> heard = new ArrayList<>();
    StreamHandler handler =
        Framing.delimiter(
            latin(";"),
            9,
            (connection, frame) -> {
              heard.add(text(frame.duplicate()));
              frame.put(frame.position(), (byte) 'X').position(frame.limit() - 1);
            });
    FakeConnection connection = new FakeConnection();
    handler.onOpen(connection);
    Pieces.receive(handler, connection, latin("ab;cd;e"));
    Pieces.receive(handler, connection, latin("f;gh;"));
    assertThat(heard).containsExactly("ab", "cd", "ef", "gh");
  }

  @Test
  void anEmptyDelimiterIsRefused() {
    assertThatThrownBy(() -> Framing.delimiter(new byte[0], 9, (connection, frame) -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
