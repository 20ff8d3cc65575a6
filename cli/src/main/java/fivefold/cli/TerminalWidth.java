package fivefold.cli;

import fivefold.cli.console.Terminals;
import java.io.IOException;
import org.jline.terminal.Terminal;

/** How many columns a line may have. */
final class TerminalWidth {
  private static final int ELSEWHERE = 100;
  private static final int LEAST = 60;
  private static final int MOST = 200;

  private TerminalWidth() {}

  /** The terminal's, within reason; a hundred where there is none. */
  static int columns() {
    if (!Terminals.arePresent()) {
      return ELSEWHERE;
    }
    try (Terminal terminal = Terminals.open()) {
      int columns = terminal.getSize().getColumns();
      return columns <= 0 ? ELSEWHERE : Math.clamp(columns, LEAST, MOST);
    } catch (IOException e) {
      return ELSEWHERE;
    }
  }
}
