package fivefold.sys;

/** struct timespec: seconds and nanoseconds, 8 bytes each. */
final class Timespec {
  static final int BYTES = 16;
  static final int SECONDS_OFFSET = 0;
  static final int NANOS_OFFSET = 8;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private Timespec() {}

  static void put(long address, long nanos) {
    Memory.putLong(address + SECONDS_OFFSET, nanos / NANOS_PER_SECOND);
    Memory.putLong(address + NANOS_OFFSET, nanos % NANOS_PER_SECOND);
  }

  static long nanos(long address) {
    return Memory.getLong(address + SECONDS_OFFSET) * NANOS_PER_SECOND
        + Memory.getLong(address + NANOS_OFFSET);
  }
}
