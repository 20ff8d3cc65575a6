package fivefold.lab.figures;

/** Work that has nothing to do with the message, in pieces of about ten microseconds. */
final class OtherWork {
  private static final long PIECE_NANOS = 10_000;
  private static final int TRIES = 200;
  private static final int TRY_STEPS = 1_000;

  private final int steps;
  private long state = 0x9E3779B97F4A7C15L;

  OtherWork() {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long from = System.nanoTime();
      compute(TRY_STEPS);
      best = Math.min(best, System.nanoTime() - from);
    }
    steps = Math.clamp(PIECE_NANOS * TRY_STEPS / Math.max(1, best), TRY_STEPS, 1_000_000);
  }

  /**
   * Does one piece and notes it.
   *
   * @return when it was begun
   */
  long piece(StepLog log) {
    long from = System.nanoTime();
    compute(steps);
    log.add(Doing.WORK, from, 0);
    return from;
  }

  /** Marsaglia's xorshift, which no compiler shortens. */
  private void compute(int count) {
    long x = state;
    for (int i = 0; i < count; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    state = x;
  }
}
