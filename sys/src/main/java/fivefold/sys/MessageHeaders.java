package fivefold.sys;

/**
 * An array of struct mmsghdr, for {@link Sockets#sendmmsg} and {@link Sockets#recvmmsg}: a {@link
 * MessageHeader} each, and how many bytes moved. Any thread may call.
 */
public final class MessageHeaders {
  /** Size of one entry. */
  public static final int BYTES = 64;

  static final int LENGTH_OFFSET = 56;

  private MessageHeaders() {}

  /** The address of an entry's {@link MessageHeader}. */
  public static long header(long headers, int index) {
    return headers + (long) index * BYTES;
  }

  /** How many bytes the call has moved for an entry. */
  public static int bytes(long headers, int index) {
    return Memory.getInt(header(headers, index) + LENGTH_OFFSET);
  }
}
