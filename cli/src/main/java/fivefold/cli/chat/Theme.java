package fivefold.cli.chat;

import org.jline.utils.AttributedStyle;

/** Which colour means what. Only the terminal's own first eight, which fit its background. */
final class Theme {
  static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  static final AttributedStyle TIME = PLAIN.faint();
  static final AttributedStyle BAR = PLAIN.inverse();
  static final AttributedStyle HEADING = PLAIN.bold();
  static final AttributedStyle CURRENT = PLAIN.bold();
  static final AttributedStyle UNREAD = PLAIN.foreground(AttributedStyle.YELLOW);

  private static final int[] NAME_COLOURS = {
    AttributedStyle.CYAN,
    AttributedStyle.GREEN,
    AttributedStyle.MAGENTA,
    AttributedStyle.YELLOW,
    AttributedStyle.BLUE
  };

  private Theme() {}

  /** The same name always has the same colour. */
  static AttributedStyle name(String name) {
    int index = Math.floorMod(name.hashCode(), NAME_COLOURS.length);
    return PLAIN.bold().foreground(NAME_COLOURS[index]);
  }

  static AttributedStyle of(Entry.Kind kind) {
    return switch (kind) {
      case MESSAGE -> PLAIN;
      case NOTICE -> PLAIN.faint();
      case REFUSAL -> PLAIN.foreground(AttributedStyle.RED);
      case HERE -> PLAIN.foreground(AttributedStyle.YELLOW);
    };
  }
}
