package fivefold.net.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.ProtocolException;
import fivefold.net.StreamHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LengthPrefixTest {

  private static Function<List<String>, StreamHandler> frames(int prefixBytes, int limitBytes) {
    return heard ->
        Framing.lengthPrefix(
            prefixBytes, limitBytes, (connection, frame) -> heard.add(DelimiterTest.text(frame)));
  }

  private static byte[] encoded(int prefixBytes, List<String> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String frame : frames) {
      for (int shift = 8 * (prefixBytes - 1); shift >= 0; shift -= 8) {
        out.write(frame.length() >>> shift);
      }
      out.writeBytes(frame.getBytes(StandardCharsets.ISO_8859_1));
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void everySplitGivesTheSameFrames(int prefixBytes) throws Exception {
    List<String> expected = List.of("", "a", "bcd", "", "", "x".repeat(200), "end");
    byte[] stream = encoded(prefixBytes, expected);

    assertThat(Pieces.heard(frames(prefixBytes, 200), stream)).isEqualTo(expected);
    assertThat(Pieces.heard(frames(prefixBytes, 200), stream, Pieces.everyByte(stream)))
        .isEqualTo(expected);
    for (int cut = 0; cut <= stream.length; cut++) {
      assertThat(Pieces.heard(frames(prefixBytes, 200), stream, cut)).isEqualTo(expected);
    }
    Random random = new Random(prefixBytes);
    for (int round = 0; round < 300; round++) {
      assertThat(Pieces.heard(frames(prefixBytes, 200), stream, Pieces.random(stream, random)))
          .isEqualTo(expected);
    }
  }

  @Test
  void theLimitIsTheLongestFrameAllowed() throws Exception {
    assertThat(Pieces.heard(frames(2, 300), encoded(2, List.of("x".repeat(300)))))
        .containsExactly("x".repeat(300));
    assertThatThrownBy(() -> Pieces.heard(frames(2, 299), encoded(2, List.of("x".repeat(300)))))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("300")
        .hasMessageContaining("299");
  }

  @Test
  void anAnnouncementBeyondTheLimitIsRefusedBeforeAnyOfTheFrame() {
    byte[] fourGigabytes = {-1, -1, -1, -1};
    assertThatThrownBy(() -> Pieces.heard(frames(4, Integer.MAX_VALUE), fourGigabytes, 1, 2, 3))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("4294967295");
  }

  @Test
  void memoryGrowsWithWhatArrivesNotWithWhatIsAnnounced() throws Exception {
    // Were the announced two gigabytes allocated, the test's small heap would not hold them.
    byte[] announced = {127, -1, -1, -1, 'a', 'b'};
    assertThat(Pieces.heard(frames(4, Integer.MAX_VALUE), announced, 4, 5)).isEmpty();
  }

  @Test
  void aFrameCutOffByTheEndIsDropped() throws Exception {
    assertThat(Pieces.heard(frames(1, 9), new byte[] {1, 'a', 3, 'b', 'c'})).containsExactly("a");
    assertThat(Pieces.heard(frames(2, 9), new byte[] {0, 1, 'a', 0})).containsExactly("a");
  }

  @Test
  void aPrefixOfNoLengthIsRefused() {
    for (int bytes : new int[] {0, 9}) {
      assertThatThrownBy(() -> frames(bytes, 9).apply(new ArrayList<>()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected 1 to 8");
    }
  }
}
