package fivefold.cli.screen;

/** Keys, by what they are for. */
public enum KeyCode {
  /** Types a character, or is one with Ctrl or Alt held. */
  CHARACTER,
  ENTER,
  BACKSPACE,
  DELETE,
  TAB,
  ESCAPE,
  LEFT,
  RIGHT,
  UP,
  DOWN,
  HOME,
  END,
  PAGE_UP,
  PAGE_DOWN
}
