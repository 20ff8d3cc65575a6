package fivefold.sys;

/**
 * struct msghdr, recvmsg(2): where a message's address, bytes and control data are. Any thread may
 * call.
 */
public final class MessageHeader {
  public static final int BYTES = 56;

  static final int NAME_OFFSET = 0;
  static final int NAME_BYTES_OFFSET = 8;
  static final int IOV_OFFSET = 16;
  static final int IOV_COUNT_OFFSET = 24;
  static final int CONTROL_OFFSET = 32;
  static final int CONTROL_BYTES_OFFSET = 40;
  static final int FLAGS_OFFSET = 48;

  private MessageHeader() {}

  /**
   * Writes a header without control data.
   *
   * @param msghdr address of {@link #BYTES} bytes
   * @param sockaddr the receiver's address, or where the sender's is stored, or 0
   * @param sockaddrBytes its length, or the room for it
   * @param iov address of entries written by {@link Descriptors#putIov}
   * @param iovCount how many, at most {@link Descriptors#IOV_MAX}
   */
  public static void put(long msghdr, long sockaddr, int sockaddrBytes, long iov, int iovCount) {
    Memory.putLong(msghdr + NAME_OFFSET, sockaddr);
    Memory.putLong(msghdr + NAME_BYTES_OFFSET, sockaddrBytes); // and the padding behind it
    Memory.putLong(msghdr + IOV_OFFSET, iov);
    Memory.putLong(msghdr + IOV_COUNT_OFFSET, iovCount);
    Memory.putLong(msghdr + CONTROL_OFFSET, 0);
    Memory.putLong(msghdr + CONTROL_BYTES_OFFSET, 0);
    Memory.putLong(msghdr + FLAGS_OFFSET, 0);
  }

  /**
   * Gives the header control data, or room for it.
   *
   * @param control address of {@code bytes} bytes, as {@link ControlMessages} lays them out
   */
  public static void putControl(long msghdr, long control, long bytes) {
    Memory.putLong(msghdr + CONTROL_OFFSET, control);
    Memory.putLong(msghdr + CONTROL_BYTES_OFFSET, bytes);
  }

  /** Where the control data is. */
  public static long control(long msghdr) {
    return Memory.getLong(msghdr + CONTROL_OFFSET);
  }

  /** The length of the control data that was received. */
  public static long controlBytes(long msghdr) {
    return Memory.getLong(msghdr + CONTROL_BYTES_OFFSET);
  }

  /** How many entries of the iov belong to the message. */
  public static void setIovCount(long msghdr, int count) {
    Memory.putLong(msghdr + IOV_COUNT_OFFSET, count);
  }

  /** Gives the address its room again, before the next receive. */
  public static void setSockaddrBytes(long msghdr, int bytes) {
    Memory.putInt(msghdr + NAME_BYTES_OFFSET, bytes);
  }

  /** The length of the address that was received. */
  public static int sockaddrBytes(long msghdr) {
    return Memory.getInt(msghdr + NAME_BYTES_OFFSET);
  }

  /** What was so of the message received, {@link Sockets#MSG_TRUNC} among others. */
  public static int flags(long msghdr) {
    return Memory.getInt(msghdr + FLAGS_OFFSET);
  }
}
