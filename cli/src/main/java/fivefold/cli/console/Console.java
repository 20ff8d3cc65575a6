package fivefold.cli.console;

import fivefold.cli.StopSignals;
import fivefold.cli.log.LogOutput;
import fivefold.net.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** The prompt of a server on a terminal. */
public final class Console {
  private final Server server;
  private final List<ConsoleAction> more;
  private final @Nullable Talk talk;

  public Console(Server server) {
    this(server, List.of(), null);
  }

  /**
   * With what the service adds.
   *
   * @param more its commands
   * @param talk gets what does not begin with a slash; null when all lines are commands
   */
  public Console(Server server, List<ConsoleAction> more, @Nullable Talk talk) {
    this.server = server;
    this.more = more;
    this.talk = talk;
  }

  /** Reads and runs commands until one of them, the end of input, or a signal says to stop. */
  public void run(StopSignals signals) throws IOException {
    try (Terminal terminal = Terminals.open()) {
      LineReader reader = Terminals.reader(terminal);
      Thread here = Thread.currentThread();
      signals.onFirst(here::interrupt);
      LogOutput.divertTo(line -> reader.printAbove(line.stripTrailing()));
      if (talk != null) {
        talk.showOn(reader::printAbove);
      }
      readCommands(reader, terminal.writer(), signals);
    } finally {
      if (talk != null) {
        talk.showOn(System.out::println);
      }
      LogOutput.restore();
      signals.onFirst(() -> {});
      signals.stopRequested();
      // Left over when the signal came while no line was being read.
      Thread.interrupted();
    }
  }

  private void readCommands(LineReader reader, PrintWriter out, StopSignals signals) {
    boolean goOn = true;
    while (goOn && !signals.haveCome()) {
      try {
        goOn = take(reader.readLine(talk == null ? "fivefold> " : "answer> "), out);
      } catch (EndOfFileException | UserInterruptException end) {
        goOn = false;
      }
    }
  }

  /** Takes one line that was typed; false when it asks to stop. */
  boolean take(String line, PrintWriter out) {
    if (talk == null) {
      return run(line, out);
    }
    if (line.startsWith("/")) {
      return run(line.substring(1), out);
    }
    if (!line.isBlank()) {
      out.println(talk.typed(line));
      out.flush();
    }
    return true;
  }

  /** Runs one line; false when it asks to stop. */
  boolean run(String line, PrintWriter out) {
    String[] words = line.strip().split("\\s+", 2);
    String word = words[0].toLowerCase(Locale.ROOT);
    String arguments = words.length > 1 ? words[1] : "";
    if (word.isEmpty()) {
      return true;
    }
    Optional<ConsoleCommand> command = find(word).filter(_ -> arguments.isEmpty() || isAdded(word));
    if (command.isEmpty() && !isAdded(word)) {
      String typed = line.strip().toLowerCase(Locale.ROOT);
      out.println("unknown command '" + typed + "'; type 'help'");
    }
    command.ifPresent(each -> each.run(server, out));
    runAdded(word, arguments, out);
    out.flush();
    return command.filter(each -> each == ConsoleCommand.QUIT).isEmpty();
  }

  private boolean isAdded(String word) {
    return more.stream().anyMatch(each -> each.word().equals(word));
  }

  private void runAdded(String word, String arguments, PrintWriter out) {
    for (ConsoleAction each : more) {
      if (word.equals("help")) {
        out.printf("%-20s %s%n", each.usage(), each.summary());
      } else if (word.equals(each.word())) {
        try {
          each.action().accept(arguments, out);
        } catch (RuntimeException e) {
          out.println(word + " failed: " + e.getMessage());
        }
      }
    }
  }

  private static Optional<ConsoleCommand> find(String word) {
    return Arrays.stream(ConsoleCommand.values())
        .filter(command -> command.word().equals(word))
        .findFirst();
  }
}
