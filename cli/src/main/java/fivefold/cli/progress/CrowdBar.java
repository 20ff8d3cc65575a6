package fivefold.cli.progress;

import fivefold.lab.crowd.CrowdObserver;
import java.io.PrintStream;

/** A crowd on a terminal: one line, written over and over. */
public final class CrowdBar implements CrowdObserver {
  private static final int WIDTH = 20;
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream terminal;

  /** A bar that is drawn at the first call. */
  public CrowdBar(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public void at(Moment moment) {
    int full = (int) (WIDTH * moment.done() / Math.max(1, moment.of()));
    terminal.print(
        CLEAR_LINE
            + "["
            + "=".repeat(full)
            + " ".repeat(WIDTH - full)
            + "] "
            + CrowdLines.text(moment));
    terminal.flush();
  }

  /** Takes the line away. */
  public void erase() {
    terminal.print(CLEAR_LINE);
    terminal.flush();
  }
}
