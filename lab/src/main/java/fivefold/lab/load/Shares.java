package fivefold.lab.load;

import java.util.ArrayList;
import java.util.List;

/** Which connections of a mix are active, and which are slow. */
final class Shares {
  /** Of a mostly idle load. */
  static final int ACTIVE = 10;

  private static final int SLOW_ONE_IN = 10;

  private static final int SLOW_LIMIT = 100;

  /** What a slow reader leaves unread is the server's and the kernel's to keep. */
  private static final int SLOW_READERS_LIMIT = 10;

  private Shares() {}

  /** How many are slow: at least one, and never all. */
  static int slow(Mix mix, int connections) {
    return Math.min(
        (connections + SLOW_ONE_IN - 1) / SLOW_ONE_IN,
        mix == Mix.SLOW_READERS ? SLOW_READERS_LIMIT : SLOW_LIMIT);
  }

  /** Spread evenly, so that no order of the server's favours them. */
  static List<LoadConnection> active(List<LoadConnection> all) {
    List<LoadConnection> active = new ArrayList<>();
    int count = Math.min(ACTIVE, all.size());
    for (int i = 0; i < count; i++) {
      active.add(all.get((int) ((long) i * all.size() / count)));
    }
    return active;
  }
}
