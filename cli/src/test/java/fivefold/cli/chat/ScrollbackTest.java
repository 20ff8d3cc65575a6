package fivefold.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScrollbackTest {
  private final Scrollback scrollback = new Scrollback();

  @Test
  void showsTheNewestAndLooksBack() {
    scrollback.fit(80, 3);
    addAll(1, 10);
    assertThat(shown()).containsExactly("-- 8", "-- 9", "-- 10");
    scrollback.page(-1);
    assertThat(shown()).containsExactly("-- 6", "-- 7", "-- 8");
    assertThat(scrollback.rowsBelow()).isEqualTo(2);
    scrollback.scroll(1);
    assertThat(shown()).containsExactly("-- 7", "-- 8", "-- 9");
    scrollback.scroll(-1_000);
    assertThat(shown()).containsExactly("-- 1", "-- 2", "-- 3");
    scrollback.toEnd();
    assertThat(shown()).containsExactly("-- 8", "-- 9", "-- 10");
  }

  @Test
  void whoLooksBackIsNotMovedByWhatComes() {
    scrollback.fit(80, 3);
    addAll(1, 10);
    scrollback.scroll(-4);
    List<String> before = shown();
    addAll(11, 15);
    assertThat(shown()).isEqualTo(before);
    assertThat(scrollback.rowsBelow()).isEqualTo(9);
  }

  @Test
  void aLongMessageIsSeveralRowsUnderItsTime() {
    scrollback.fit(24, 5);
    scrollback.add(new Entry(Entry.Kind.MESSAGE, "12:00:00", "ann", "你好 one two three"));
    assertThat(shown()).containsExactly("12:00:00 ann: 你好 one", "         two three");
  }

  @Test
  void keepsSoMuchAndNoMore() {
    scrollback.fit(80, 3);
    addAll(1, 6_000);
    scrollback.scroll(-100_000);
    assertThat(shown()).startsWith("-- 1001");
  }

  @Test
  void aScreenWithoutRowsShowsNone() {
    scrollback.fit(1, 0);
    addAll(1, 3);
    scrollback.page(-1);
    assertThat(shown()).isEmpty();
  }

  private void addAll(int from, int to) {
    for (int i = from; i <= to; i++) {
      scrollback.add(Entry.of(Entry.Kind.HERE, "" + i));
    }
  }

  private List<String> shown() {
    return scrollback.visible().stream()
        .map(row -> row.text().toString().stripLeading())
        .map(text -> text.contains(":") || text.startsWith("--") ? text : " ".repeat(9) + text)
        .toList();
  }
}
