package fivefold.cli.progress;

import fivefold.lab.compare.Progress;
import fivefold.lab.report.Language;
import java.io.PrintStream;
import java.time.Duration;

/** A line now and then, for a log or a pipe. */
public final class ProgressLines implements Progress {
  private static final long PAUSE_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final ProgressWords words;
  private long nextNanos = System.nanoTime();

  /** Prints at the first call, then every ten seconds. */
  public ProgressLines(PrintStream out, Language language) {
    this.out = out;
    this.words = new ProgressWords(language);
  }

  @Override
  public void at(String activity, double done, Duration left) {
    long nowNanos = System.nanoTime();
    if (nowNanos - nextNanos < 0) {
      return;
    }
    nextNanos = nowNanos + PAUSE_NANOS;
    out.println(
        "fivefold: "
            + Math.round(done * 100)
            + " %"
            + (words.language() == Language.CHINESE ? "，" : ", ")
            + words.activity(activity)
            + words.left(left));
  }
}
