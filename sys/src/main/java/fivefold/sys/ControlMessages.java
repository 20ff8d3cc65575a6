package fivefold.sys;

/**
 * Control messages beside the bytes of a message, cmsg(3): a header each, its data behind it, and
 * the next at a multiple of eight. Any thread may call.
 */
public final class ControlMessages {
  /** struct cmsghdr: the length, then level and type, an int each. */
  public static final int HEADER_BYTES = 16;

  static final int LENGTH_OFFSET = 0;
  static final int LEVEL_OFFSET = 8;
  static final int TYPE_OFFSET = 12;

  /** Descriptors, unix(7). */
  public static final int SCM_RIGHTS = 1;

  /** When the kernel received it, a {@link Timespec}: what SO_TIMESTAMPNS asks for, socket(7). */
  public static final int SCM_TIMESTAMPNS = 35;

  private static final int ALIGNMENT = 8;

  private ControlMessages() {}

  /** The room that one message takes, CMSG_SPACE. */
  public static int space(int dataBytes) {
    return (HEADER_BYTES + dataBytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /**
   * Writes a header.
   *
   * @return where its data goes
   */
  public static long put(long control, int level, int type, int dataBytes) {
    Memory.putLong(control + LENGTH_OFFSET, (long) HEADER_BYTES + dataBytes);
    Memory.putInt(control + LEVEL_OFFSET, level);
    Memory.putInt(control + TYPE_OFFSET, type);
    return control + HEADER_BYTES;
  }

  /**
   * The first message of a kind that came.
   *
   * @param msghdr a {@link MessageHeader} after receiving
   * @return the address of its header, or 0
   */
  public static long find(long msghdr, int level, int type) {
    return find(MessageHeader.control(msghdr), MessageHeader.controlBytes(msghdr), level, type);
  }

  /** The same in so many bytes of control data. */
  public static long find(long control, long bytes, int level, int type) {
    long at = control;
    long end = at + bytes;
    while (at + HEADER_BYTES <= end) {
      long length = Memory.getLong(at + LENGTH_OFFSET);
      if (Memory.getInt(at + LEVEL_OFFSET) == level && Memory.getInt(at + TYPE_OFFSET) == type) {
        return at;
      }
      if (length < HEADER_BYTES) {
        return 0;
      }
      at += (length + ALIGNMENT - 1) & -ALIGNMENT;
    }
    return 0;
  }

  /** Where the data of a message is. */
  public static long data(long header) {
    return header + HEADER_BYTES;
  }

  /** The length of a message's data. */
  public static int dataBytes(long header) {
    return (int) (Memory.getLong(header + LENGTH_OFFSET) - HEADER_BYTES);
  }
}
