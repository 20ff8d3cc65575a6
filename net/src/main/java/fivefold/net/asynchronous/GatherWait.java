package fivefold.net.asynchronous;

/**
 * How many completions a wait is for. A wait for several is ended by one wake-up instead of many,
 * which saves 6 to 11 % of the server's CPU under load; it must end after some microseconds all the
 * same, and a lone client must not be kept waiting for others that do not exist. So it gathers only
 * while completions come in crowds.
 */
final class GatherWait {
  private static final int MOST = 32;

  /** The kernel's min_wait (6.12): after so long, one completion is enough. */
  private static final int MOST_MICROS = 50;

  private final boolean isPossible;
  private int last;

  GatherWait(boolean kernelHasMinWait) {
    isPossible = kernelHasMinWait;
  }

  /** The turn before brought so many. */
  void cameLast(int completions) {
    last = completions;
  }

  int completions() {
    return isPossible && last > 1 ? Math.min(MOST, last) : 1;
  }

  int micros() {
    return completions() > 1 ? MOST_MICROS : 0;
  }
}
