package fivefold.cli.console;

import java.util.function.Consumer;

/**
 * What a person at the console talks with: lines that are typed go there, and commands of the
 * console begin with a slash.
 */
public interface Talk {

  /** Shows what comes in here from now on. Any thread calls the display. */
  void showOn(Consumer<String> display);

  /**
   * A line was typed.
   *
   * @return what became of it
   */
  String typed(String line);
}
