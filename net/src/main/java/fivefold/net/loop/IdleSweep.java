package fivefold.net.loop;

/**
 * Finds the connections of a loop that have been idle for too long. It looks at all of them a few
 * times in each timeout, which costs less than a timer for each: a timer is memory, and the wheel
 * comes by it again and again before it is due. The price is that one ends up to an eighth of the
 * timeout late; never early, and where all of the loop's are idle not late either.
 */
final class IdleSweep implements Runnable {
  /** At a time: the loop has events to see to. */
  private static final int LOOKS_PER_TURN = 4096;

  private final Strand loop;
  private final OpenConnections<?> connections;
  private final long timeoutNanos;
  private boolean underWay;
  private int next = -1;
  private long leastLeftNanos;

  /** A sweep over these. */
  IdleSweep(Strand loop, OpenConnections<?> connections, long timeoutNanos) {
    this.loop = loop;
    this.connections = connections;
    this.timeoutNanos = timeoutNanos;
  }

  /** There is a connection. On the loop. */
  void start() {
    if (!underWay && timeoutNanos > 0) {
      underWay = true;
      loop.schedule(timeoutNanos, this);
    }
  }

  /** Downwards: one that ends meanwhile is replaced by one that was looked at. */
  @Override
  public void run() {
    if (next < 0) {
      next = connections.size() - 1;
      leastLeftNanos = timeoutNanos;
    }
    long nowNanos = loop.nowNanos();
    next = Math.min(next, connections.size() - 1);
    int last = Math.max(0, next - LOOKS_PER_TURN + 1);
    while (next >= last) {
      long leftNanos = connections.at(next--).idleLeftNanos(nowNanos, timeoutNanos);
      leastLeftNanos = Math.min(leastLeftNanos, leftNanos);
      next = Math.min(next, connections.size() - 1);
    }
    if (next >= 0) {
      loop.execute(this);
    } else if (connections.size() > 0) {
      loop.schedule(Math.max(leastLeftNanos, timeoutNanos / 8), this);
    } else {
      underWay = false;
    }
  }
}
