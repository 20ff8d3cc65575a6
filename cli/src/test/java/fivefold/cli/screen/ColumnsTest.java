package fivefold.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
  @Test
  void wideCharactersTakeTwo() {
    assertThat(Columns.of("a你好")).isEqualTo(5);
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
    assertThat(Columns.fitting("a你好", 4)).isEqualTo("a你");
    assertThat(Columns.padded("a你好", 4)).isEqualTo("a你 ");
  }

  @Test
  void breaksAtSpacesAndElseAnywhere() {
    assertThat(Columns.wrapped("the quick brown fox", 10))
        .containsExactly("the quick", "brown fox");
    assertThat(Columns.wrapped("你好你好你", 5)).containsExactly("你好", "你好", "你");
    assertThat(Columns.wrapped("abcdefgh", 3)).containsExactly("abc", "def", "gh");
    assertThat(Columns.wrapped("", 3)).containsExactly("");
  }

  @Test
  void aCharacterWiderThanTheScreenStillEnds() {
    assertThat(Columns.wrapped("你好", 1)).containsExactly("你", "好");
  }
}
