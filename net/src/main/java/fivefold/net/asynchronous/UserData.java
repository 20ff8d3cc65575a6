package fivefold.net.asynchronous;

/**
 * What a request carries through the kernel and brings back in its completion: which kind it was,
 * and whose. Places are used again, so a generation tells a completion of the last user from one of
 * this.
 */
final class UserData {
  static final int IGNORED = 0;
  static final int WAKEUP = 1;
  static final int ACCEPT = 2;
  static final int RECEIVE = 3;
  static final int SEND = 4;
  static final int WRITABLE = 5;
  static final int INSTALLED = 6;

  private static final int KIND_SHIFT = 56;
  private static final int GENERATION_SHIFT = 32;
  private static final int GENERATION_MASK = 0xff_ffff;

  private UserData() {}

  static long of(int kind, int generation, int place) {
    return ((long) kind << KIND_SHIFT)
        | ((long) (generation & GENERATION_MASK) << GENERATION_SHIFT)
        | (place & 0xffff_ffffL);
  }

  /** Of a request of whose end nobody needs to hear. */
  static long ofIgnored() {
    return of(IGNORED, 0, 0);
  }

  static int kind(long userData) {
    return (int) (userData >>> KIND_SHIFT);
  }

  static int place(long userData) {
    return (int) userData;
  }

  static boolean isGeneration(long userData, int generation) {
    return ((int) (userData >>> GENERATION_SHIFT) & GENERATION_MASK)
        == (generation & GENERATION_MASK);
  }
}
