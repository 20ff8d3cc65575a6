package fivefold.cli.screen;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal sends when keys are pressed and the mouse is used, to events. Bytes may come in
 * any pieces: a character of UTF-8 or a sequence that is cut in two waits for its rest.
 *
 * <p>The sequences are those of xterm: CSI and SS3 (ECMA-48, ctlseqs.txt "PC-Style Function Keys"),
 * mouse reports of mode 1006, and pastes of mode 2004. What is unknown is left out, whole.
 */
public final class KeyDecoder {
  private static final int ESC = 0x1b;
  private static final int LIMIT_PARAMETERS = 64;

  /** What is beyond is thrown away: a line of a chat has at most a few thousand bytes. */
  private static final int LIMIT_PASTE = 64 * 1024;

  private static final String PASTE_END = "\u001b[201~";

  private enum State {
    GROUND,
    ESCAPED,
    CSI,
    SS3,
    PASTE
  }

  private final Consumer<Event> events;
  private final Utf8Decoder characters = new Utf8Decoder();
  private final StringBuilder parameters = new StringBuilder();
  private final StringBuilder pasted = new StringBuilder();
  private State state = State.GROUND;

  public KeyDecoder(Consumer<Event> events) {
    this.events = events;
  }

  /** Takes what has been read. */
  public void feed(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      characters.feed(bytes[i], this::take);
    }
  }

  /** Whether an Escape has come that may be the key, or the beginning of more. */
  public boolean hasEscape() {
    return state == State.ESCAPED;
  }

  /** No more has come for a while: then it was the key. */
  public void endEscape() {
    if (state == State.ESCAPED) {
      state = State.GROUND;
      events.accept(Event.Key.of(KeyCode.ESCAPE));
    }
  }

  private void take(int c) {
    switch (state) {
      case GROUND -> ground(c, false);
      case ESCAPED -> escaped(c);
      case CSI -> csi(c);
      case SS3 -> ss3(c);
      case PASTE -> paste(c);
    }
  }

  private void ground(int c, boolean alt) {
    if (c == ESC) {
      state = State.ESCAPED;
      return;
    }
    Event.Key key = key(c);
    events.accept(alt ? key.withAlt() : key);
  }

  private static Event.Key key(int c) {
    return switch (c) {
      case '\r', '\n' -> Event.Key.of(KeyCode.ENTER);
      case '\t' -> Event.Key.of(KeyCode.TAB);
      case 0x7f, '\b' -> Event.Key.of(KeyCode.BACKSPACE);
      case 0 -> Event.Key.ctrl(' ');
      default -> c < 0x20 ? Event.Key.ctrl((char) (c + '`')) : Event.Key.typed(c);
    };
  }

  private void escaped(int c) {
    switch (c) {
      case '[' -> begin(State.CSI);
      case 'O' -> begin(State.SS3);
      case ESC -> events.accept(Event.Key.of(KeyCode.ESCAPE));
      default -> {
        state = State.GROUND;
        ground(c, true);
      }
    }
  }

  private void begin(State next) {
    parameters.setLength(0);
    state = next;
  }

  private void ss3(int c) {
    state = State.GROUND;
    letter(c, 1);
  }

  /** ECMA-48, 5.4: parameters, then one final byte from 0x40 to 0x7e. */
  private void csi(int c) {
    if (c == ESC) {
      state = State.ESCAPED; // one that was cut short; the next begins
    } else if (c < 0x40 || c > 0x7e) {
      if (parameters.length() < LIMIT_PARAMETERS) {
        parameters.appendCodePoint(c);
      }
    } else {
      state = State.GROUND;
      sequence(parameters.toString(), c);
    }
  }

  private void sequence(String given, int last) {
    if (given.startsWith("<") && (last == 'M' || last == 'm')) {
      mouse(given.substring(1).split(";", -1), last == 'M');
      return;
    }
    String[] numbers = given.split(";", -1);
    if (last == '~') {
      tilde(number(numbers, 0, 0), number(numbers, 1, 1));
    } else {
      letter(last, number(numbers, 1, 1));
    }
  }

  private void tilde(int which, int modifier) {
    if (which == 200) {
      pasted.setLength(0);
      state = State.PASTE;
      return;
    }
    KeyCode code =
        switch (which) {
          case 1, 7 -> KeyCode.HOME;
          case 3 -> KeyCode.DELETE;
          case 4, 8 -> KeyCode.END;
          case 5 -> KeyCode.PAGE_UP;
          case 6 -> KeyCode.PAGE_DOWN;
          default -> null;
        };
    press(code, modifier);
  }

  private void letter(int letter, int modifier) {
    KeyCode code =
        switch (letter) {
          case 'A' -> KeyCode.UP;
          case 'B' -> KeyCode.DOWN;
          case 'C' -> KeyCode.RIGHT;
          case 'D' -> KeyCode.LEFT;
          case 'H' -> KeyCode.HOME;
          case 'F' -> KeyCode.END;
          case 'M' -> KeyCode.ENTER; // of the keypad
          default -> null;
        };
    press(code, modifier);
  }

  /** The modifier is 1 and the sum of Shift 1, Alt 2, Ctrl 4. */
  private void press(@Nullable KeyCode code, int modifier) {
    if (code != null) {
      int held = modifier - 1;
      events.accept(new Event.Key(code, 0, (held & 4) != 0, (held & 2) != 0));
    }
  }

  /** Button, column, row, both from 1. Bit 6 is the wheel, bit 5 a movement. */
  private void mouse(String[] numbers, boolean pressed) {
    int button = number(numbers, 0, -1);
    int column = number(numbers, 1, 0) - 1;
    int row = number(numbers, 2, 0) - 1;
    if (numbers.length != 3 || !pressed || button < 0 || column < 0 || row < 0) {
      return;
    }
    // Shift, Alt and Ctrl are bits 2, 3 and 4.
    switch (button & ~0b11100) {
      case 0 -> events.accept(new Event.Click(column, row));
      case 64 -> events.accept(new Event.Wheel(-1, column, row));
      case 65 -> events.accept(new Event.Wheel(1, column, row));
      default -> {} // other buttons, and movements
    }
  }

  private static int number(String[] numbers, int index, int otherwise) {
    return index < numbers.length && numbers[index].matches("[0-9]{1,5}")
        ? Integer.parseInt(numbers[index])
        : otherwise;
  }

  private void paste(int c) {
    pasted.appendCodePoint(c);
    if (c == '~' && pasted.indexOf(PASTE_END, pasted.length() - PASTE_END.length()) >= 0) {
      pasted.setLength(pasted.length() - PASTE_END.length());
      state = State.GROUND;
      events.accept(new Event.Paste(pasted.toString()));
    } else if (pasted.length() > LIMIT_PASTE) {
      // The end is still looked for, in what comes last.
      pasted.delete(LIMIT_PASTE - PASTE_END.length(), pasted.length() - PASTE_END.length());
    }
  }
}
