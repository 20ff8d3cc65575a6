package fivefold.services;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a service's handler of connections is written. */
public enum Style {
  /** Calls of a handler that never waits. */
  CALLBACK("callback"),
  /** Code that reads and writes, on a virtual thread for each connection. */
  STRAIGHT_LINE("straight-line");

  private final String word;

  Style(String word) {
    this.word = word;
  }

  /** As on the command line. */
  public String word() {
    return word;
  }

  /** All words, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(Style::word).collect(Collectors.joining(", "));
  }

  /**
   * The style of that word.
   *
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  public static Style parse(String word) {
    return Arrays.stream(values())
        .filter(style -> style.word.equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown style '" + word + "'; expected one of " + words()));
  }
}
