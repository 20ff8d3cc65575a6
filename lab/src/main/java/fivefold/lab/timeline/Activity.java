package fivefold.lab.timeline;

import java.util.Locale;

/**
 * What a lane does for a while; each has its own pattern on a terminal and its own colour in SVG.
 */
public enum Activity {
  /** Work of its own, which has nothing to do with the bytes that are awaited. */
  WORK('█', '#'),
  /** Kept waiting, and able to do nothing else. */
  WAIT('░', '.'),
  /** A call that comes back at once. */
  ASK('▒', '?'),
  /** Bytes are moved. */
  COPY('▓', '%'),
  /** Does something with what has come. */
  HANDLE('▚', '=');

  private final char unicode;
  private final char ascii;

  Activity(char unicode, char ascii) {
    this.unicode = unicode;
    this.ascii = ascii;
  }

  char pattern(boolean wantsUnicode) {
    return wantsUnicode ? unicode : ascii;
  }

  /** Its name in classes of SVG. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
