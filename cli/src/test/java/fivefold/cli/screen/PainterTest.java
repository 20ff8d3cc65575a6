package fivefold.cli.screen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;

class PainterTest {
  private static final AttributedStyle RED =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);

  @Test
  void writesOnlyTheRowsThatDiffer() {
    Painter painter = new Painter(8);
    assertThat(paint(painter, "one", "two")).contains("one").contains("two").contains("[2J");
    assertThat(paint(painter, "one", "2")).doesNotContain("one").contains("2").contains("[2;1H");
    painter.forget();
    assertThat(paint(painter, "one", "2")).contains("one");
  }

  @Test
  void writesTheCharactersThatDrawBoxesAsTheyAre() {
    assertThat(paint(new Painter(8), "a│b")).contains("a│b");
  }

  @Test
  void usesNoColoursWhereThereAreNone() {
    Frame frame = new Frame(List.of(new AttributedString("red", RED)), 0, 0);
    assertThat(new String(new Painter(8).paint(frame), UTF_8)).contains("\u001b[31m");
    assertThat(new String(new Painter(0).paint(frame), UTF_8)).contains("red").doesNotContain("[3");
  }

  private static String paint(Painter painter, String... rows) {
    List<AttributedString> all = Stream.of(rows).map(AttributedString::new).toList();
    return new String(painter.paint(new Frame(all, 0, 0)), UTF_8);
  }
}
