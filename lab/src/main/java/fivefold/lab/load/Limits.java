package fivefold.lab.load;

/** What a plan may ask for at most. */
final class Limits {
  static final int CONNECTIONS = 1_000_000;
  static final int MESSAGE_BYTES = 16 << 20;
  static final int PIPELINE = 4096;

  private Limits() {}

  static void check(String what, int value, int limit) {
    if (value < 1 || value > limit) {
      throw new IllegalArgumentException(what + " must be 1 to " + limit + ", not " + value);
    }
  }
}
