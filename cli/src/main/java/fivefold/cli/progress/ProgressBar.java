package fivefold.cli.progress;

import fivefold.lab.compare.Progress;
import fivefold.lab.report.Language;
import java.io.PrintStream;
import java.time.Duration;

/** One line on a terminal, written over and over. */
public final class ProgressBar implements Progress {
  private static final int WIDTH = 24;
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream terminal;
  private final ProgressWords words;

  /** A bar that is drawn at the first call. */
  public ProgressBar(PrintStream terminal, Language language) {
    this.terminal = terminal;
    this.words = new ProgressWords(language);
  }

  @Override
  public void at(String activity, double done, Duration left) {
    int full = (int) (Math.clamp(done, 0, 1) * WIDTH);
    String bar = "=".repeat(full) + " ".repeat(WIDTH - full);
    terminal.print(CLEAR_LINE + "[" + bar + "] " + words.activity(activity) + words.left(left));
    terminal.flush();
  }

  /** Takes the line away. */
  public void erase() {
    terminal.print(CLEAR_LINE);
    terminal.flush();
  }
}
