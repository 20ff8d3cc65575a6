package fivefold.net.loop;

/**
 * How much may be sent back to the datagram that is being handled, so that a forged sender address
 * turns no server against others (RFC 8085, section 5.2). By one thread.
 */
public final class ReplyAllowance {
  /** Ethernet's shortest frame holds 46 bytes: the headers of IPv4 and UDP, and these. */
  private static final int ALWAYS_BYTES = 18;

  /** Of IPv4 and UDP: each further datagram has them, too. */
  private static final int HEADER_BYTES = 28;

  private final int beyondBytes;
  private int leftBytes;

  /**
   * None yet.
   *
   * @param beyondBytes by how much the replies may exceed what they answer
   */
  public ReplyAllowance(int beyondBytes) {
    this.beyondBytes = beyondBytes;
  }

  /** A datagram of so many bytes is handled from now on. */
  public void begin(int datagramBytes) {
    leftBytes = Math.max(ALWAYS_BYTES, datagramBytes + beyondBytes);
  }

  /** Whether a reply of so many bytes may leave; it is taken to do so then. */
  public boolean take(int replyBytes) {
    if (replyBytes > leftBytes) {
      return false;
    }
    leftBytes -= replyBytes + HEADER_BYTES;
    return true;
  }
}
