package fivefold.services;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleanTextTest {

  @Test
  void leavesTextAsItIs() {
    String text = "Größe\t时间 😀 שלום";
    assertThat(CleanText.of(text)).isSameAs(text);
  }

  @Test
  void showsControlCharactersInsteadOfObeyingThem() {
    assertThat(CleanText.of("\u001b]0;title\u0007\u007f\r\b")).isEqualTo("␛]0;title␇␡␍␈");
    assertThat(CleanText.of("\u009b2J")).isEqualTo("\uFFFD2J");
  }

  @Test
  void takesOutWhatTurnsTheDirectionOrEndsTheLine() {
    assertThat(CleanText.of("a\u202Eb\u2066c\u200Fd\u2028e"))
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
  }

  @Test
  void leavesNoCharacterThatATerminalObeys() {
    for (int c = 0; c < Character.MAX_VALUE; c++) {
      String clean = CleanText.of("x" + (char) c);
      assertThat(clean.chars().anyMatch(each -> Character.isISOControl(each) && each != '\t'))
          .as("U+%04X", c)
          .isFalse();
    }
  }
}
