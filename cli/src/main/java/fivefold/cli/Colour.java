package fivefold.cli;

import fivefold.cli.console.Terminals;

/** Colours of a terminal, ECMA-48; elsewhere, and where NO_COLOR is set, there are none. */
enum Colour {
  RED(31),
  GREEN(32),
  YELLOW(33);

  private static final boolean WANTED = Terminals.arePresent() && System.getenv("NO_COLOR") == null;

  private final int code;

  Colour(int code) {
    this.code = code;
  }

  /** The line with its first occurrence of a word coloured. */
  String of(String word, String line) {
    int at = line.indexOf(word);
    return !WANTED || at < 0
        ? line
        : line.substring(0, at)
            + "\u001b["
            + code
            + "m"
            + word
            + "\u001b[0m"
            + line.substring(at + word.length());
  }
}
