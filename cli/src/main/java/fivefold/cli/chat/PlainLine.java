package fivefold.cli.chat;

import fivefold.services.CleanText;

/** A line of a server, for a row of the screen: nothing in it moves the cursor. */
final class PlainLine {
  private PlainLine() {}

  /** Tabs become spaces, and what a terminal would obey is shown instead. */
  static String of(String line) {
    return CleanText.of(line.replace("\t", "    "));
  }
}
