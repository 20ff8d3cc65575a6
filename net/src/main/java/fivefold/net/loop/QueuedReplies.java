package fivefold.net.loop;

import fivefold.sys.DatagramControl;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.MessageHeader;
import fivefold.sys.MessageHeaders;
import java.nio.ByteBuffer;

/**
 * Replies that leave by one sendmmsg(2). Those of one size that follow one another to the same peer
 * are one message, which the kernel cuts (UDP_SEGMENT, udp(7)); where it cannot, they leave one by
 * one. On the loop only.
 */
final class QueuedReplies {
  private static final int ROOM_BYTES = 128 * 1024;

  /** UDP_MAX_SEGMENTS before Linux 6.9, which has twice as many. */
  private static final int SEGMENTS_MAX = 64;

  /** What is cut must fit into one datagram of IPv4 before. */
  private static final int MESSAGE_LIMIT_BYTES = 65_507;

  private static final int LINE_BYTES = 64;

  private final int handle;
  private final MessageCalls calls;
  private final Counters counters;
  private final int most;
  private final boolean connected;
  private final ByteBuffer memory;
  private final long headers;
  private final long iov;
  private final long controls;
  private final long room;
  private final int[] sizes;

  /** The first reply of each message. */
  private final int[] firsts;

  private final long[] sockaddrs;
  private final int[] sockaddrBytes;

  private int messages;
  private int replies;
  private int usedBytes;
  private int lastMessageBytes;

  /** Segments larger than this are not tried any more: the device of some path could not. */
  private int segmentLimitBytes = MESSAGE_LIMIT_BYTES;

  /**
   * For a bound socket.
   *
   * @param most replies by one call
   * @param connected whether the socket itself knows its peer
   */
  QueuedReplies(int handle, MessageCalls calls, Counters counters, int most, boolean connected) {
    this.handle = handle;
    this.calls = calls;
    this.counters = counters;
    this.most = most;
    this.connected = connected;
    // One header more than there are replies, for sending one by one.
    int perReply = MessageHeaders.BYTES + Descriptors.IOV_BYTES + DatagramControl.SEGMENT_BYTES;
    memory = ByteBuffer.allocateDirect((most + 1) * perReply + ROOM_BYTES);
    headers = Memory.address(memory);
    iov = headers + (long) (most + 1) * MessageHeaders.BYTES;
    controls = iov + (long) (most + 1) * Descriptors.IOV_BYTES;
    room = controls + (long) (most + 1) * DatagramControl.SEGMENT_BYTES;
    sizes = new int[most];
    firsts = new int[most + 1];
    sockaddrs = new long[most];
    sockaddrBytes = new int[most];
  }

  /**
   * Copies a reply; a queue that is full is sent first.
   *
   * @param sockaddr the peer's address, which must stay until {@link #flush}
   */
  void add(long sockaddr, int bytesOfSockaddr, ByteBuffer datagram) {
    int bytes = datagram.remaining();
    if (replies == most || bytes > ROOM_BYTES - usedBytes) {
      flush();
    }
    long place = room + usedBytes;
    memory.put((int) (place - headers), datagram, datagram.position(), bytes);
    datagram.position(datagram.limit());
    // Each begins a cache line.
    usedBytes = Math.min(ROOM_BYTES, (usedBytes + bytes + LINE_BYTES - 1) & -LINE_BYTES);
    Descriptors.putIov(iov, replies, place, bytes);
    sizes[replies] = bytes;
    if (continuesLastMessage(sockaddr, bytesOfSockaddr, bytes)) {
      extendLastMessage(bytes);
    } else {
      beginMessage(sockaddr, bytesOfSockaddr, bytes);
    }
    replies++;
    firsts[messages] = replies;
  }

  private boolean continuesLastMessage(long sockaddr, int bytesOfSockaddr, int bytes) {
    if (messages == 0 || bytes == 0) {
      return false;
    }
    int last = messages - 1;
    int first = firsts[last];
    int segment = sizes[first];
    return bytes <= segment
        && sizes[replies - 1] == segment
        && segment <= segmentLimitBytes
        && replies - first < SEGMENTS_MAX
        && lastMessageBytes + bytes <= MESSAGE_LIMIT_BYTES
        && bytesOfSockaddr == sockaddrBytes[last]
        && (sockaddr == sockaddrs[last] || isSame(sockaddr, sockaddrs[last], bytesOfSockaddr));
  }

  private static boolean isSame(long one, long other, int bytes) {
    for (int i = 0; i < bytes; i += Integer.BYTES) {
      if (Memory.getInt(one + i) != Memory.getInt(other + i)) {
        return false;
      }
    }
    return true;
  }

  private void extendLastMessage(int bytes) {
    int last = messages - 1;
    int count = replies - firsts[last] + 1;
    lastMessageBytes += bytes;
    MessageHeader.setIovCount(header(last), count);
    if (count == 2) {
      long control = controls + (long) last * DatagramControl.SEGMENT_BYTES;
      DatagramControl.putSegmentBytes(control, sizes[firsts[last]]);
      MessageHeader.putControl(header(last), control, DatagramControl.SEGMENT_BYTES);
    }
  }

  private void beginMessage(long sockaddr, int bytesOfSockaddr, int bytes) {
    sockaddrs[messages] = sockaddr;
    sockaddrBytes[messages] = bytesOfSockaddr;
    firsts[messages] = replies;
    lastMessageBytes = bytes;
    putHeader(messages, messages, replies);
    messages++;
  }

  /** One reply, to the peer of a message. */
  private void putHeader(int index, int message, int reply) {
    MessageHeader.put(
        header(index),
        connected ? 0 : sockaddrs[message],
        connected ? 0 : sockaddrBytes[message],
        iov + (long) reply * Descriptors.IOV_BYTES,
        1);
  }

  private long header(int index) {
    return MessageHeaders.header(headers, index);
  }

  /** Sends all; those that the kernel does not take are dropped. */
  void flush() {
    int next = 0;
    int asked = -1;
    while (next < messages) {
      int sent = calls.send(handle, header(next), messages - next);
      if (sent > 0) {
        for (int reply = firsts[next]; reply < firsts[next + sent]; reply++) {
          counters.sentDatagram(sizes[reply]);
        }
        next += sent;
      } else if (isFull(sent)) {
        // It would be so for the next, too; UDP waits for nobody.
        counters.dropped(replies - firsts[next]);
        break;
      } else if (isOfAnEarlierOne(sent) && asked != next) {
        asked = next;
      } else {
        refused(next, sent);
        next++;
      }
    }
    messages = 0;
    replies = 0;
    usedBytes = 0;
  }

  private static boolean isFull(int result) {
    return result == -Errno.EAGAIN || result == -Errno.ENOBUFS || result == -Errno.ENOMEM;
  }

  /** What ICMP said of a datagram sent before is told to the next call, once (udp(7)). */
  private static boolean isOfAnEarlierOne(int result) {
    return result == -Errno.ECONNREFUSED || result == -Errno.EHOSTUNREACH;
  }

  private void refused(int message, int result) {
    int count = firsts[message + 1] - firsts[message];
    if (count == 1 || !isOfCutting(result)) {
      counters.dropped(count);
      return;
    }
    segmentLimitBytes = Math.min(segmentLimitBytes, sizes[firsts[message]] - 1);
    for (int reply = firsts[message]; reply < firsts[message + 1]; reply++) {
      putHeader(most, message, reply);
      if (calls.send(handle, header(most), 1) == 1) {
        counters.sentDatagram(sizes[reply]);
      } else {
        counters.dropped(1);
      }
    }
  }

  /**
   * EIO when the device computes no checksums, EINVAL or EMSGSIZE when a segment exceeds the path's
   * MTU, EINVAL and EOPNOTSUPP where cutting is not known (net/ipv4/udp.c, udp_send_skb).
   */
  private static boolean isOfCutting(int result) {
    return result == -Errno.EIO
        || result == -Errno.EINVAL
        || result == -Errno.EMSGSIZE
        || result == -Errno.EOPNOTSUPP;
  }
}
