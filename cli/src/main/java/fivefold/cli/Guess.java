package fivefold.cli;

import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.exhibit.Words;
import fivefold.lab.exhibit.page.Visit;
import java.io.Console;

/** Asks the reader, on a terminal, what an exhibit will show. */
final class Guess {
  private Guess() {}

  /** The number of the guess; {@link Visit#NO_GUESS} for none, and where nobody can be asked. */
  @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 when there is no terminal
  static int asked(Exhibit exhibit, Language language) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      return Visit.NO_GUESS;
    }
    Texts texts = Texts.of(exhibit.name(), language);
    int count = texts.guesses().size();
    while (true) {
      String line = console.readLine("%s ", say(texts, "ask", count));
      if (line == null || line.isBlank()) {
        return Visit.NO_GUESS;
      }
      int number = number(line.strip());
      if (number >= 1 && number <= count) {
        return number;
      }
      System.out.println(say(texts, "ask.again", count));
    }
  }

  private static String say(Texts texts, String key, int count) {
    return texts.say(Words.of(key).with("count", count));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
