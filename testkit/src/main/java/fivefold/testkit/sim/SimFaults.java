package fivefold.testkit.sim;

/**
 * How unkind the network is. Chances are in percent of the calls.
 *
 * @param bufferBytes what each direction of a connection holds, as the kernel's buffers do
 * @param longestDelayNanos how long bytes may travel
 * @param shortTransferPercent calls that move fewer bytes than they could
 * @param tryAgainPercent calls that fail with EAGAIN although they need not
 * @param acceptErrorPercent accepts that fail with ECONNABORTED or EMFILE
 * @param resetPercent connections that a peer breaks at some moment
 */
public record SimFaults(
    int bufferBytes,
    long longestDelayNanos,
    int shortTransferPercent,
    int tryAgainPercent,
    int acceptErrorPercent,
    int resetPercent) {

  /** A quiet local network. */
  public static final SimFaults NONE = new SimFaults(65_536, 100_000, 0, 0, 0, 0);

  /** Everything goes wrong that may. */
  public static final SimFaults MANY = new SimFaults(5_000, 20_000_000, 40, 20, 20, 25);

  /** EAGAIN where none is due is a lie an edge-triggered poller cannot recover from. */
  public SimFaults withoutTryAgain() {
    return new SimFaults(
        bufferBytes, longestDelayNanos, shortTransferPercent, 0, acceptErrorPercent, resetPercent);
  }
}
