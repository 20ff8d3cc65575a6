package fivefold.sys;

import java.util.ArrayList;
import java.util.List;

/**
 * Descriptors sent to another process over a Unix socket, unix(7) SCM_RIGHTS. The receiver gets
 * descriptors of its own for the same open files. Any thread may call; not for a hot path.
 *
 * <pre>{@code
 * PassedDescriptors.send(socket, memory, 1, Sockets.MSG_NOSIGNAL, listener);
 * var passed = PassedDescriptors.receive(socket, memory, 1, 0, 1);
 * }</pre>
 */
public final class PassedDescriptors {
  /** The most that one message carries, SCM_MAX_FD of the kernel. */
  public static final int MOST = 253;

  /**
   * What was received.
   *
   * @param result bytes received, 0 when the peer has ended its side, or {@code -errno}
   * @param descriptors the receiver's own, to be closed by it; each closes when a program is
   *     started
   * @param isCut more were sent than asked for, and the kernel has closed the rest
   */
  public record Received(long result, List<Integer> descriptors, boolean isCut) {}

  private PassedDescriptors() {}

  /**
   * Sends bytes, and descriptors with the first of them; the sender's stay open and its own.
   *
   * @param bytes at least 1 on a stream: without a byte nothing is delivered
   * @return bytes taken by the kernel, or {@code -errno}
   */
  public static long send(int socket, long address, long bytes, int flags, int... descriptors) {
    if (descriptors.length < 1 || descriptors.length > MOST) {
      throw new IllegalArgumentException(
          descriptors.length + " descriptors; expected 1 to " + MOST);
    }
    int dataBytes = descriptors.length * Integer.BYTES;
    long message = newMessage(address, bytes, dataBytes);
    try {
      long data =
          ControlMessages.put(
              MessageHeader.control(message),
              Sockets.SOL_SOCKET,
              ControlMessages.SCM_RIGHTS,
              dataBytes);
      for (int i = 0; i < descriptors.length; i++) {
        Memory.putInt(data + (long) i * Integer.BYTES, descriptors[i]);
      }
      return Sockets.sendmsg(socket, message, flags);
    } finally {
      Memory.free(message);
    }
  }

  /**
   * Receives bytes, and the descriptors that came with them.
   *
   * @param limit the most descriptors to take
   */
  public static Received receive(int socket, long address, long bytes, int flags, int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit of " + limit + "; expected 1 to " + MOST);
    }
    long message = newMessage(address, bytes, limit * Integer.BYTES);
    try {
      long result = Sockets.recvmsg(socket, message, flags | Sockets.MSG_CMSG_CLOEXEC);
      if (result < 0) {
        return new Received(result, List.of(), false);
      }
      boolean cut = (MessageHeader.flags(message) & Sockets.MSG_CTRUNC) != 0;
      List<Integer> all = descriptors(message);
      int taken = Math.min(all.size(), limit);
      // The alignment of the room can let one more in than was asked for.
      all.subList(taken, all.size()).forEach(Descriptors::close);
      return new Received(result, List.copyOf(all.subList(0, taken)), cut || all.size() > limit);
    } finally {
      Memory.free(message);
    }
  }

  private static List<Integer> descriptors(long message) {
    long found = ControlMessages.find(message, Sockets.SOL_SOCKET, ControlMessages.SCM_RIGHTS);
    if (found == 0) {
      return List.of();
    }
    List<Integer> descriptors = new ArrayList<>();
    for (int at = 0; at < ControlMessages.dataBytes(found); at += Integer.BYTES) {
      descriptors.add(Memory.getInt(ControlMessages.data(found) + at));
    }
    return descriptors;
  }

  /** A header, an iovec, and room for control data behind them. */
  private static long newMessage(long address, long bytes, int dataBytes) {
    int controlBytes = ControlMessages.space(dataBytes);
    long message = Memory.allocate(MessageHeader.BYTES + Descriptors.IOV_BYTES + controlBytes);
    long iov = message + MessageHeader.BYTES;
    Descriptors.putIov(iov, 0, address, bytes);
    MessageHeader.put(message, 0, 0, iov, 1);
    MessageHeader.putControl(message, iov + Descriptors.IOV_BYTES, controlBytes);
    return message;
  }
}
