package fivefold.net.multiplexing;

/** Timeouts in the unit that poll(2) and epoll_wait(2) take. */
final class Timeouts {
  private Timeouts() {}

  /** Rounded up: a wait that ends before the timer is due would be made again at once. */
  static int millis(long nanos) {
    if (nanos <= 0) {
      return nanos < 0 ? -1 : 0;
    }
    return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(nanos, 1_000_000L));
  }
}
