package fivefold.lab.figures;

import java.time.Instant;

/** How far the clock of the kernel's time stamps is ahead of {@link System#nanoTime}. */
final class WallClock {
  private static final int LOOKS = 9;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private WallClock() {}

  /** By the look that was quickest; off by less than it took, some hundred nanoseconds. */
  static long aheadNanos() {
    long quickest = Long.MAX_VALUE;
    long ahead = 0;
    for (int i = 0; i < LOOKS; i++) {
      long before = System.nanoTime();
      Instant wall = Instant.now();
      long took = System.nanoTime() - before;
      if (took < quickest) {
        quickest = took;
        ahead = wall.getEpochSecond() * NANOS_PER_SECOND + wall.getNano() - (before + took / 2);
      }
    }
    return ahead;
  }
}
