package fivefold.net.framing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.ProtocolException;
import fivefold.net.StreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {

  private static Function<List<String>, StreamHandler> lines(int limitBytes) {
    return heard -> Framing.lines(limitBytes, (connection, line) -> heard.add(line));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void everySplitGivesTheSameLines() throws Exception {
    byte[] stream = utf8("first\r\n\nzwei äöü\n\r\n四行 🙂\r\na\rb\n\r\r\nlast");
    List<String> expected = List.of("first", "", "zwei äöü", "", "四行 🙂", "a\rb", "\r", "last");

    assertThat(Pieces.heard(lines(64), stream)).isEqualTo(expected);
    assertThat(Pieces.heard(lines(64), stream, Pieces.everyByte(stream))).isEqualTo(expected);
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        assertThat(Pieces.heard(lines(64), stream, first, second))
            .as("cut at %d and %d", first, second)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void randomLinesRandomlyCutArriveWhole() throws Exception {
    Random random = new Random(20260101);
    for (int round = 0; round < 300; round++) {
      StringBuilder stream = new StringBuilder();
      List<String> expected = new ArrayList<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        String line = "é".repeat(random.nextInt(4)) + "x".repeat(random.nextInt(300));
        expected.add(line);
        stream.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
      }
      byte[] bytes = utf8(stream.toString());
      assertThat(Pieces.heard(lines(400), bytes, Pieces.random(bytes, random)))
          .as("round %d", round)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"'\n'", "'\r\n'"})
  void theLimitCountsTheLineWithoutItsEnd(String end) throws Exception {
    byte[] atLimit = utf8("12345678" + end + "x");
    byte[] beyond = utf8("123456789" + end);

    for (int cut = 0; cut <= atLimit.length; cut++) {
      assertThat(Pieces.heard(lines(8), atLimit, cut)).containsExactly("12345678", "x");
    }
    assertThat(Pieces.heard(lines(8), atLimit, Pieces.everyByte(atLimit)))
        .containsExactly("12345678", "x");
    for (int cut = 0; cut <= beyond.length; cut++) {
      int at = cut;
      assertThatThrownBy(() -> Pieces.heard(lines(8), beyond, at))
          .as("cut at %d", cut)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("8 bytes");
    }
    assertThatThrownBy(() -> Pieces.heard(lines(8), beyond, Pieces.everyByte(beyond)))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aLineTooLongIsRefusedBeforeItsEndComes() throws Exception {
    StreamHandler handler = lines(8).apply(new ArrayList<>());
    FakeConnection connection = new FakeConnection();
    handler.onOpen(connection);
    Pieces.receive(handler, connection, utf8("12345678"));
    assertThatThrownBy(() -> Pieces.receive(handler, connection, utf8("9")))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aCarriageReturnBeyondTheLimitIsOnlyExcusedAsALineEnd() throws Exception {
    assertThatThrownBy(() -> Pieces.heard(lines(3), utf8("abc\rd\n"), 4))
        .isInstanceOf(ProtocolException.class);
    assertThatThrownBy(() -> Pieces.heard(lines(3), utf8("abc\r\r\n"), 4))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void aZeroLimitAllowsEmptyLines() throws Exception {
    assertThat(Pieces.heard(lines(0), utf8("\n\r\n\n"))).containsExactly("", "", "");
    assertThatThrownBy(() -> Pieces.heard(lines(0), utf8("a\n")))
        .isInstanceOf(ProtocolException.class);
  }

  @Test
  void malformedBytesAreReplaced() throws Exception {
    assertThat(Pieces.heard(lines(9), new byte[] {'a', (byte) 0xFF, 'b', '\n'}))
        .containsExactly("a\uFFFDb");
  }

  @Test
  void theEndClosesAfterTheLastLine() throws Exception {
    List<String> heard = new ArrayList<>();
    StreamHandler handler = lines(9).apply(heard);
    FakeConnection connection = new FakeConnection();
    handler.onOpen(connection);
    Pieces.receive(handler, connection, utf8("tail"));
    assertThat(heard).isEmpty();
    handler.onEnd(connection);
    assertThat(heard).containsExactly("tail");
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aNegativeLimitIsRefused() {
    assertThatThrownBy(() -> Framing.lines(-1, (connection, line) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("frame limit in bytes is -1; expected at least 0");
  }
}
