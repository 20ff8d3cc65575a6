package fivefold.sys;

/**
 * What the kernel is told and tells of UDP datagrams beside their bytes: into what a message is cut
 * (UDP_SEGMENT), of what it was joined (UDP_GRO), and when it came (SO_TIMESTAMPNS). udp(7),
 * socket(7). Any thread may call.
 */
public final class DatagramControl {
  /** What {@link #putSegmentBytes} writes. */
  public static final int SEGMENT_BYTES = ControlMessages.space(Short.BYTES);

  /** Room for all that a datagram may come with, and a cache line. */
  public static final int RECEIVE_BYTES = 64;

  private DatagramControl() {}

  /** Has a message cut into datagrams of so many bytes, the last of which may be shorter. */
  public static void putSegmentBytes(long control, int bytes) {
    long data = ControlMessages.put(control, Sockets.IPPROTO_UDP, Sockets.UDP_SEGMENT, Short.BYTES);
    Memory.putShort(data, (short) bytes);
  }

  /**
   * The bytes of each datagram of which the message was joined; 0 when it is one datagram.
   *
   * @param bytes of control data that were received
   */
  public static int segmentBytes(long control, long bytes) {
    long found = ControlMessages.find(control, bytes, Sockets.IPPROTO_UDP, Sockets.UDP_GRO);
    return found == 0 ? 0 : Memory.getInt(ControlMessages.data(found));
  }

  /** When the kernel received it, in nanoseconds since 1970; 0 when it does not say. */
  public static long receivedEpochNanos(long control, long bytes) {
    long found =
        ControlMessages.find(control, bytes, Sockets.SOL_SOCKET, ControlMessages.SCM_TIMESTAMPNS);
    return found == 0 ? 0 : Timespec.nanos(ControlMessages.data(found));
  }
}
