package fivefold.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineEditorTest {
  private final LineEditor editor = new LineEditor(100);

  @Test
  void typesAndDeletesWideCharacters() {
    editor.insert("a你b");
    assertThat(editor.view(80)).isEqualTo(new LineEditor.View("a你b", 4));
    press(KeyCode.LEFT);
    press(KeyCode.LEFT);
    assertThat(editor.view(80).cursorColumn()).isEqualTo(1);
    editor.insert("好");
    assertThat(editor.text()).isEqualTo("a好你b");
    press(KeyCode.DELETE);
    press(KeyCode.BACKSPACE);
    assertThat(editor.text()).isEqualTo("ab");
  }

  @Test
  void keepsWhatBelongsTogetherTogether() {
    editor.insert("e\u0301x👩\u200d💻"); // e with an accent of its own; two pictures joined
    press(KeyCode.BACKSPACE);
    assertThat(editor.text()).isEqualTo("e\u0301x");
    press(KeyCode.LEFT);
    press(KeyCode.BACKSPACE);
    assertThat(editor.text()).isEqualTo("x");
  }

  @Test
  void movesTheLineUnderTheCursorWhenItIsTooLong() {
    editor.insert("0123456789abcdef");
    assertThat(editor.view(10)).isEqualTo(new LineEditor.View("789abcdef", 9));
    press(KeyCode.HOME);
    assertThat(editor.view(10)).isEqualTo(new LineEditor.View("0123456789", 0));
    editor.set("你好你好你好");
    LineEditor.View view = editor.view(6);
    assertThat(view.cursorColumn()).isLessThan(6);
    assertThat(view.text()).isEqualTo("你好");
  }

  @Test
  void goesBackToTheLinesBefore() {
    editor.insert("first");
    assertThat(editor.take()).isEqualTo("first");
    editor.insert("second");
    assertThat(editor.take()).isEqualTo("second");
    editor.insert("unfin");
    press(KeyCode.UP);
    press(KeyCode.UP);
    press(KeyCode.UP);
    assertThat(editor.text()).isEqualTo("first");
    press(KeyCode.DOWN);
    press(KeyCode.DOWN);
    assertThat(editor.text()).isEqualTo("unfin");
  }

  @Test
  void doesNotRememberASecret() {
    editor.insert("secret");
    assertThat(editor.takeSecret()).isEqualTo("secret");
    press(KeyCode.UP);
    assertThat(editor.isEmpty()).isTrue();
  }

  @Test
  void movesAndDeletesByWords() {
    editor.insert("one two  three");
    editor.press(Event.Key.ctrl('w'));
    assertThat(editor.text()).isEqualTo("one two  ");
    editor.press(new Event.Key(KeyCode.LEFT, 0, true, false));
    editor.press(Event.Key.ctrl('k'));
    assertThat(editor.text()).isEqualTo("one ");
    editor.press(Event.Key.ctrl('u'));
    assertThat(editor.text()).isEmpty();
  }

  @Test
  void takesNoMoreThanALineMayHave() {
    editor.insert("你".repeat(50)); // 3 bytes each
    assertThat(editor.text()).hasSize(33);
  }

  @Test
  void makesOneLineOfManyThatArePasted() {
    editor.insert("one\r\ntwo\tthree\u001b[A");
    assertThat(editor.text()).isEqualTo("one two three [A");
  }

  @Test
  void takesNoCharacterThatATerminalWouldObey() {
    editor.press(Event.Key.typed('a'));
    editor.press(Event.Key.typed(0x98)); // "start of string", ECMA-48
    editor.insert("b\u009b31mc");
    assertThat(editor.text()).isEqualTo("ab 31mc");
  }

  private void press(KeyCode code) {
    editor.press(Event.Key.of(code));
  }
}
