package fivefold.net.asynchronous;

import java.util.List;

/**
 * How a loop submits what its rings were asked for and waits for what comes of it: in the call of
 * its one ring ({@link OneRing}), or for several ({@link TableRings}).
 */
interface RingWait extends AutoCloseable {

  /** The rings belong to this thread from here on. */
  void begin();

  /**
   * Submits, waits, and posts what has completed.
   *
   * @param timeoutNanos the longest wait; negative for as long as it takes
   * @return the rings that were entered, valid until the next call
   */
  List<LoopRing> await(long timeoutNanos);

  /** Submits for the last time, and lets what has ended in the kernel be told to nobody. */
  void end();

  /** Ends the wait. Any thread. */
  void wake();

  /** All there are. */
  List<LoopRing> rings();

  @Override
  void close();
}
