package fivefold.cli.screen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyDecoderTest {
  private static final String ESC = "\u001b";

  private final List<Event> events = new ArrayList<>();
  private final KeyDecoder decoder = new KeyDecoder(events::add);

  static Stream<Arguments> sequences() {
    return Stream.of(
        Arguments.of("a", Event.Key.typed('a')),
        Arguments.of("é", Event.Key.typed('é')),
        Arguments.of("你", Event.Key.typed('你')),
        Arguments.of("😀", Event.Key.typed(0x1F600)),
        Arguments.of("\r", Event.Key.of(KeyCode.ENTER)),
        Arguments.of("\t", Event.Key.of(KeyCode.TAB)),
        Arguments.of("\u007f", Event.Key.of(KeyCode.BACKSPACE)),
        Arguments.of("\u0003", Event.Key.ctrl('c')),
        Arguments.of(ESC + "[A", Event.Key.of(KeyCode.UP)),
        Arguments.of(ESC + "OB", Event.Key.of(KeyCode.DOWN)),
        Arguments.of(ESC + "[H", Event.Key.of(KeyCode.HOME)),
        Arguments.of(ESC + "[4~", Event.Key.of(KeyCode.END)),
        Arguments.of(ESC + "[3~", Event.Key.of(KeyCode.DELETE)),
        Arguments.of(ESC + "[5~", Event.Key.of(KeyCode.PAGE_UP)),
        Arguments.of(ESC + "[6~", Event.Key.of(KeyCode.PAGE_DOWN)),
        Arguments.of(ESC + "[1;5D", new Event.Key(KeyCode.LEFT, 0, true, false)),
        Arguments.of(ESC + "[1;3C", new Event.Key(KeyCode.RIGHT, 0, false, true)),
        Arguments.of(ESC + "1", Event.Key.typed('1').withAlt()),
        Arguments.of(ESC + "[<0;12;3M", new Event.Click(11, 2)),
        Arguments.of(ESC + "[<64;1;1M", new Event.Wheel(-1, 0, 0)),
        Arguments.of(ESC + "[<65;200;50M", new Event.Wheel(1, 199, 49)),
        Arguments.of(
            ESC + "[200~one\rtwo" + ESC + "[A" + ESC + "[201~",
            new Event.Paste("one\rtwo" + ESC + "[A")));
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void readsASequenceHoweverItIsCut(String sent, Event expected) {
    byte[] bytes = sent.getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      events.clear();
      feed(bytes, 0, cut);
      feed(bytes, cut, bytes.length);
      assertThat(events).as("cut at %d", cut).containsExactly(expected);
      assertThat(decoder.hasEscape()).isFalse();
    }
  }

  @Test
  void anEscapeIsTheKeyOnlyWhenNothingFollows() {
    feed(ESC);
    assertThat(events).isEmpty();
    assertThat(decoder.hasEscape()).isTrue();
    decoder.endEscape();
    assertThat(events).containsExactly(Event.Key.of(KeyCode.ESCAPE));
    feed("x");
    assertThat(events.getLast()).isEqualTo(Event.Key.typed('x'));
  }

  @Test
  void leavesOutWhatItDoesNotKnowWhole() {
    feed(ESC + "[99~" + ESC + "[?1;2c" + ESC + "[<0;5;5m" + ESC + "[<2;5;5M" + ESC + "OP" + "x");
    assertThat(events).containsExactly(Event.Key.typed('x'));
  }

  @Test
  void replacesWhatIsNotUtf8() {
    byte[] bytes = {(byte) 0xff, 'a', (byte) 0xe4, (byte) 0xbd, 'b', (byte) 0xc0, (byte) 0x80};
    decoder.feed(bytes, bytes.length);
    assertThat(events)
        .extracting(event -> ((Event.Key) event).codePoint())
        .containsExactly(0xFFFD, (int) 'a', 0xFFFD, (int) 'b', 0xFFFD, 0xFFFD);
  }

  @Test
  void aPasteWithoutEndHoldsLittle() {
    feed(ESC + "[200~" + "x".repeat(1_000_000) + ESC + "[201~");
    assertThat(events).hasSize(1);
    assertThat(((Event.Paste) events.getFirst()).text()).hasSizeLessThan(100_000);
  }

  private void feed(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    feed(bytes, 0, bytes.length);
  }

  private void feed(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      decoder.feed(new byte[] {bytes[i]}, 1);
    }
  }
}
