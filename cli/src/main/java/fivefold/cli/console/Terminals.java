package fivefold.cli.console;

import java.io.IOException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal this process was started on. */
public final class Terminals {
  private Terminals() {}

  /** Whether someone can type and read here: both sides are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // null again since JDK 25 when there is no terminal
  public static boolean arePresent() {
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * Opens it. By the command stty: JLine's other ways need native access, which this program grants
   * to fivefold.sys alone.
   */
  public static Terminal open() throws IOException {
    return TerminalBuilder.builder()
        .system(true)
        .provider("exec")
        .graphemeCluster(false)
        .dumb(true)
        .build();
  }

  /** Lines with editing and history, taken as they are typed: an exclamation mark is just that. */
  public static LineReader reader(Terminal terminal) {
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .option(Option.DISABLE_EVENT_EXPANSION, true)
        .build();
  }
}
