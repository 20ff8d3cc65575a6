package fivefold.sys;

/**
 * What {@link UringPrepare#recvmsgMultishot} leaves in a buffer: a struct io_uring_recvmsg_out, the
 * sender's address, and the bytes. The room for the address is what the header of the request gave
 * it, however long the address is. The buffer must hold all three.
 */
public final class UringDatagram {
  /** Size of the struct in front. */
  public static final int BYTES = 16;

  static final int NAME_BYTES_OFFSET = 0;
  static final int PAYLOAD_BYTES_OFFSET = 8;
  static final int FLAGS_OFFSET = 12;

  private UringDatagram() {}

  /** Where the sender's address is, for {@link SocketAddresses#decode}. */
  public static long sockaddr(long buffer) {
    return buffer + BYTES;
  }

  /** The length of the sender's address. */
  public static int sockaddrBytes(long buffer) {
    return Memory.getInt(buffer + NAME_BYTES_OFFSET);
  }

  /**
   * Where the bytes of the datagram begin.
   *
   * @param sockaddrRoom the room for the address that the header gave
   */
  public static long payload(long buffer, int sockaddrRoom) {
    return buffer + BYTES + sockaddrRoom;
  }

  /**
   * How many bytes of the datagram are in the buffer.
   *
   * @param result of the completion
   */
  public static int payloadBytes(int result, int sockaddrRoom) {
    return result - BYTES - sockaddrRoom;
  }

  /**
   * The whole length of the datagram when the request had {@link Sockets#MSG_TRUNC}, and otherwise
   * what is in the buffer.
   */
  public static int sentBytes(long buffer) {
    return Memory.getInt(buffer + PAYLOAD_BYTES_OFFSET);
  }

  /** {@link Sockets#MSG_TRUNC} when the datagram did not fit. */
  public static int flags(long buffer) {
    return Memory.getInt(buffer + FLAGS_OFFSET);
  }
}
