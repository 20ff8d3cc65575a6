package fivefold.cli.screen;

/** What can happen to a program with a screen. Coordinates count from 0, top left. */
public sealed interface Event {

  /** A key was pressed. */
  record Key(KeyCode code, int codePoint, boolean ctrl, boolean alt) implements Event {
    /** A key that stands for no character. */
    public static Key of(KeyCode code) {
      return new Key(code, 0, false, false);
    }

    /** A key that types a character. */
    public static Key typed(int codePoint) {
      return new Key(KeyCode.CHARACTER, codePoint, false, false);
    }

    /** A letter with Ctrl held. */
    public static Key ctrl(char letter) {
      return new Key(KeyCode.CHARACTER, letter, true, false);
    }

    /** The same key with Alt held. */
    public Key withAlt() {
      return new Key(code, codePoint, ctrl, true);
    }
  }

  /** Text came from the clipboard, not from keys: its line ends are no commands. */
  record Paste(String text) implements Event {}

  /** The left button was pressed. */
  record Click(int column, int row) implements Event {}

  /** The wheel was turned; negative is up, back in time. */
  record Wheel(int steps, int column, int row) implements Event {}

  /** The screen has this size now. */
  record Resize(int columns, int rows) implements Event {}

  /** A line has come from the network. */
  record Line(String text) implements Event {}

  /** The network's connection is gone, or was not to be had. */
  record Down(String why) implements Event {}
}
