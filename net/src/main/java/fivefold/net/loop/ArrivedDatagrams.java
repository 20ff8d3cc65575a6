package fivefold.net.loop;

import fivefold.sys.DatagramControl;
import fivefold.sys.Descriptors;
import fivefold.sys.Memory;
import fivefold.sys.MessageHeader;
import fivefold.sys.MessageHeaders;
import fivefold.sys.SocketAddresses;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * The datagrams that one recvmmsg(2) brings, one after the other. Those that the kernel has joined
 * (UDP_GRO) are taken apart. All of them are valid until the next {@link #receive}. On the loop
 * only.
 */
final class ArrivedDatagrams {
  /** With the largest datagrams 16 to a call: a loop is not to hold more than it may ever need. */
  private static final int ROOM_BYTES = 1 << 20;

  private static final int JOINED_ROOM_BYTES = 4 << 20;

  /** What the kernel joins is no longer than an IP packet. */
  private static final int JOINED_BYTES = 65_535;

  private static final int LEAST_ROOM_BYTES = 64;
  private static final int LINE_BYTES = 64;

  private final int handle;
  private final MessageCalls calls;
  private final int slots;
  private final int limitBytes;
  private final boolean joined;
  private final int controlRoom;
  private final ByteBuffer[] views;
  private final long headers;
  private final long sockaddrs;
  private final long controls;

  // Keeps the memory alive.
  @SuppressWarnings("unused")
  private final ByteBuffer memory;

  private int received;

  /** The message that the current datagram came in. */
  private int slot;

  private int slotBytes;
  private int segmentBytes;
  private int offset;

  /**
   * For a bound socket.
   *
   * @param most messages by one call, of which there are fewer when they may be large
   * @param limitBytes what of a datagram is kept
   * @param joined whether the socket has UDP_GRO
   * @param control whether control data is wanted
   */
  ArrivedDatagrams(
      int handle, MessageCalls calls, int most, int limitBytes, boolean joined, boolean control) {
    this.handle = handle;
    this.calls = calls;
    this.limitBytes = limitBytes;
    this.joined = joined;
    controlRoom = joined || control ? DatagramControl.RECEIVE_BYTES : 0;
    int room = joined ? JOINED_BYTES : limitBytes;
    // Whole cache lines, of an odd number: slots of 64 KiB would all fall upon the same sets.
    int stride = (Math.ceilDiv(Math.max(room, LEAST_ROOM_BYTES), LINE_BYTES) | 1) * LINE_BYTES;
    slots = Math.clamp((joined ? JOINED_ROOM_BYTES : ROOM_BYTES) / stride, 1, most);
    int perSlot =
        MessageHeaders.BYTES
            + Descriptors.IOV_BYTES
            + SocketAddresses.STORAGE_BYTES
            + controlRoom
            + stride;
    memory = ByteBuffer.allocateDirect(slots * perSlot);
    headers = Memory.address(memory);
    long iov = headers + (long) slots * MessageHeaders.BYTES;
    sockaddrs = iov + (long) slots * Descriptors.IOV_BYTES;
    controls = sockaddrs + (long) slots * SocketAddresses.STORAGE_BYTES;
    long bytes = controls + (long) slots * controlRoom;
    views = new ByteBuffer[slots];
    for (int i = 0; i < slots; i++) {
      long place = bytes + (long) i * stride;
      views[i] = memory.slice((int) (place - headers), room);
      Descriptors.putIov(iov, i, place, room);
      long entry = iov + (long) i * Descriptors.IOV_BYTES;
      MessageHeader.put(header(i), sockaddr(i), SocketAddresses.STORAGE_BYTES, entry, 1);
      if (controlRoom > 0) {
        MessageHeader.putControl(header(i), control(i), controlRoom);
      }
    }
  }

  private long header(int index) {
    return MessageHeaders.header(headers, index);
  }

  private long sockaddr(int index) {
    return sockaddrs + (long) index * SocketAddresses.STORAGE_BYTES;
  }

  private long control(int index) {
    return controls + (long) index * controlRoom;
  }

  /** How many messages one receive brings at most: after fewer the socket has no more. */
  int slots() {
    return slots;
  }

  /** How many messages have come, or a negative errno; {@link #next} goes to the first datagram. */
  int receive() {
    for (int i = 0; i < received; i++) {
      MessageHeader.setSockaddrBytes(header(i), SocketAddresses.STORAGE_BYTES);
      if (controlRoom > 0) {
        MessageHeader.putControl(header(i), control(i), controlRoom);
      }
    }
    int result = calls.receive(handle, headers, slots);
    received = Math.max(0, result);
    slot = -1;
    slotBytes = 0;
    offset = 0;
    segmentBytes = 0;
    return result;
  }

  /** Goes to the next datagram; false when there is none left. */
  boolean next() {
    offset += segmentBytes;
    if (offset < slotBytes) {
      return true;
    }
    if (slot + 1 >= received) {
      return false;
    }
    slot++;
    offset = 0;
    slotBytes = MessageHeaders.bytes(headers, slot);
    int told = joined ? DatagramControl.segmentBytes(control(slot), controlBytes()) : 0;
    segmentBytes = told == 0 ? slotBytes : told;
    return true;
  }

  /** The bytes of the current datagram, which may be changed. */
  ByteBuffer bytes() {
    int size = Math.min(Math.min(segmentBytes, slotBytes - offset), limitBytes);
    return views[slot].clear().limit(offset + size).position(offset);
  }

  SocketAddress sender() {
    return SocketAddresses.decode(sockaddr(), sockaddrBytes());
  }

  /** Where the sender's address is. */
  long sockaddr() {
    return sockaddr(slot);
  }

  int sockaddrBytes() {
    return MessageHeader.sockaddrBytes(header(slot));
  }

  /** When the kernel received it, if it was asked; 0 otherwise. */
  long receivedEpochNanos() {
    return controlRoom == 0 ? 0 : DatagramControl.receivedEpochNanos(control(slot), controlBytes());
  }

  private long controlBytes() {
    return MessageHeader.controlBytes(header(slot));
  }
}
