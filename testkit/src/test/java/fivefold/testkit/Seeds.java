package fivefold.testkit;

import java.util.stream.LongStream;

/**
 * The worlds to visit: {@code -Dseeds=137} or {@code -Dseeds=0-20000}, else a few of them.
 *
 * <p>What fails names its seed, and how to see it again.
 */
final class Seeds {
  private static final String PROPERTY = "fivefold.testkit.seeds";
  private static final String ORDINARY = "0-59";

  private Seeds() {}

  interface World {
    void visit(long seed) throws Exception;
  }

  static void forEach(World world) throws Exception {
    String wanted = System.getProperty(PROPERTY, "");
    for (long seed : parse(wanted.isBlank() ? ORDINARY : wanted)) {
      try {
        world.visit(seed);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed + "; again by -Dseeds=" + seed, e);
      }
    }
  }

  static long[] parse(String text) {
    String[] ends = text.strip().split("-", 2);
    try {
      long first = Long.parseLong(ends[0]);
      long last = ends.length == 2 ? Long.parseLong(ends[1]) : first;
      if (last >= first) {
        return LongStream.rangeClosed(first, last).toArray();
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "-Dseeds=" + text + ": expected a seed such as 137, or a range such as 0-20000");
  }
}
