package fivefold.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void everyPlaceIsOneThing() {
    Layout layout = new Layout(80, 24);
    assertThat(layout.textRows()).isEqualTo(21);
    assertThat(layout.textRowAt(0, 0)).as("the title").isEqualTo(-1);
    assertThat(layout.textRowAt(0, 1)).isZero();
    assertThat(layout.textRowAt(57, 21)).isEqualTo(20);
    assertThat(layout.textRowAt(0, 22)).as("the status").isEqualTo(-1);
    assertThat(layout.textRowAt(58, 1)).as("the line between").isEqualTo(-1);
    assertThat(layout.sideRowAt(58, 1)).isEqualTo(-1);
    assertThat(layout.sideRowAt(59, 1)).isZero();
    assertThat(layout.sideRowAt(0, 1)).isEqualTo(-1);
    assertThat(layout.inputRow()).isEqualTo(23);
  }

  @Test
  void aNarrowScreenHasNoSide() {
    Layout layout = new Layout(40, 10);
    assertThat(layout.textColumns()).isEqualTo(40);
    assertThat(layout.sideRowAt(39, 2)).isEqualTo(-1);
  }

  @Test
  void theSmallestScreensAreLeftWithTheInput() {
    for (int rows = 1; rows < 6; rows++) {
      Layout layout = new Layout(1, rows);
      int used = (layout.hasTitle() ? 1 : 0) + (layout.hasStatus() ? 1 : 0) + layout.textRows() + 1;
      assertThat(used).isEqualTo(rows);
    }
  }
}
