package fivefold.net.loop;

/**
 * What is set on a socket when it is made.
 *
 * @param backlog of a listener
 * @param sendBufferBytes 0 leaves it to the system
 * @param receiveBufferBytes 0 leaves it to the system
 */
public record SocketOptions(
    int backlog,
    boolean noDelay,
    boolean reuseAddress,
    boolean reusePort,
    int sendBufferBytes,
    int receiveBufferBytes) {

  /** For a client: no delay, the rest left to the system. */
  public static SocketOptions forClient() {
    return new SocketOptions(0, true, false, false, 0, 0);
  }
}
