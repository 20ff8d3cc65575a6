package fivefold.cli.console;

import java.io.PrintWriter;
import java.util.function.BiConsumer;

/**
 * What a service adds to the console. One with the word of a command that is there already runs
 * after it.
 *
 * @param word in lower case
 * @param arguments for the list of commands; empty when it takes none
 * @param summary the same
 * @param action gets what was typed after the word
 */
public record ConsoleAction(
    String word, String arguments, String summary, BiConsumer<String, PrintWriter> action) {

  String usage() {
    return arguments.isEmpty() ? word : word + " " + arguments;
  }
}
