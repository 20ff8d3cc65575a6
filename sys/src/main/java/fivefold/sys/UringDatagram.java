package fivefold.sys;

/**
 * What {@link UringPrepare#recvmsgMultishot} leaves in a buffer: a struct io_uring_recvmsg_out, the
 * sender's address, control data, and the bytes. The room for the address and for the control data
 * is what the header of the request gave them, however long they are. The buffer must hold all
 * four.
 */
public final class UringDatagram {
  /** Size of the struct in front. */
  public static final int BYTES = 16;

  static final int NAME_BYTES_OFFSET = 0;
  static final int CONTROL_BYTES_OFFSET = 4;
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
   * Where the control data is, for {@link ControlMessages#find(long, long, int, int)}.
   *
   * @param sockaddrRoom the room for the address that the header gave
   */
  public static long control(long buffer, int sockaddrRoom) {
    return buffer + BYTES + sockaddrRoom;
  }

  /** The length of the control data. */
  public static int controlBytes(long buffer) {
    return Memory.getInt(buffer + CONTROL_BYTES_OFFSET);
  }

  /**
   * Where the bytes of the datagram begin.
   *
   * @param room for the address and the control data, as the header gave it
   */
  public static long payload(long buffer, int room) {
    return buffer + BYTES + room;
  }

  /**
   * How many bytes of the datagram are in the buffer.
   *
   * @param result of the completion
   */
  public static int payloadBytes(int result, int room) {
    return result - BYTES - room;
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
