package fivefold.net.asynchronous;

import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.DatagramPeer;
import fivefold.net.loop.ReplyAllowance;
import fivefold.sys.DatagramControl;
import fivefold.sys.Descriptors;
import fivefold.sys.Memory;
import fivefold.sys.MessageHeader;
import fivefold.sys.SocketAddresses;
import fivefold.sys.Sockets;
import fivefold.sys.UringCqe;
import fivefold.sys.UringDatagram;
import fivefold.sys.UringPrepare;
import fivefold.sys.UringSqe;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A UDP socket on a ring, and the peer that the handler answers: one request brings datagram after
 * datagram with their senders (multishot recvmsg, Linux 6.0); the answers of a turn leave together.
 */
final class UringDatagramEndpoint implements UringLoop.Party, DatagramPeer {
  private static final int SOCKADDR_ROOM = SocketAddresses.STORAGE_BYTES;
  private static final int CONTROL_ROOM = DatagramControl.RECEIVE_BYTES;
  private static final int ROOM = SOCKADDR_ROOM + CONTROL_ROOM;

  /** What UDP over IPv4 can carry (udp(7)). The kernel's EMSGSIZE would come after the answer. */
  private static final int LARGEST_BYTES = 65_507;

  private final UringLoop loop;
  private final LoopRing ring;
  private final int descriptor;
  private final SocketAddress localAddress;
  private final DatagramOptions options;
  private final DatagramHandler handler;
  private final AtomicLong handlerErrors;
  private final long header = Memory.allocate(MessageHeader.BYTES);
  private final ReplyAllowance allowance;
  private int place;
  private boolean closed;
  private long sockaddr;
  private int sockaddrBytes;
  private long receivedEpochNanos;

  UringDatagramEndpoint(
      UringLoop loop,
      int descriptor,
      SocketAddress localAddress,
      DatagramOptions options,
      DatagramHandler handler,
      AtomicLong handlerErrors) {
    this.loop = loop;
    this.ring = loop.ring();
    this.descriptor = descriptor;
    this.localAddress = localAddress;
    this.options = options;
    this.handler = handler;
    this.handlerErrors = handlerErrors;
    this.allowance = new ReplyAllowance(options.replyBeyondBytes());
    if (options.timestamps()) {
      // A wish: a kernel that does not know it says nothing of the time.
      Sockets.setOption(descriptor, Sockets.SOL_SOCKET, Sockets.SO_TIMESTAMPNS, 1);
    }
  }

  /** On the loop. */
  void open() {
    place = ring.places().add(this);
    arm();
  }

  private void arm() {
    // Of the header only the rooms count; all goes into the loop's buffers.
    MessageHeader.put(header, 0, SOCKADDR_ROOM, 0, 0);
    MessageHeader.putControl(header, 0, CONTROL_ROOM);
    UringPrepare.recvmsgMultishot(
        ring.sqe(), 0, descriptor, header, ReceiveBuffers.GROUP, 0, 0, userData(UserData.RECEIVE));
  }

  private long userData(int kind) {
    return UserData.of(kind, ring.places().generation(place), place);
  }

  @Override
  public void completed(int kind, int result, int flags) {
    if (kind == UserData.SEND) {
      // Only a send that failed is told of.
      loop.scratch().counters().dropped(1);
      return;
    }
    if (UringCqe.hasBuffer(flags)) {
      ByteBuffer buffer = ring.buffers().take(flags, Math.max(0, result));
      if (result > 0) {
        handle(buffer, result);
      }
    }
    if (!UringCqe.hasMore(flags) && !closed) {
      arm();
    }
  }

  private void handle(ByteBuffer buffer, int result) {
    long start = Memory.address(buffer) + buffer.position();
    sockaddr = UringDatagram.sockaddr(start);
    sockaddrBytes = UringDatagram.sockaddrBytes(start);
    int size = Math.min(UringDatagram.payloadBytes(result, ROOM), options.datagramLimitBytes());
    int payload = buffer.position() + UringDatagram.BYTES + ROOM;
    receivedEpochNanos =
        DatagramControl.receivedEpochNanos(
            UringDatagram.control(start, SOCKADDR_ROOM), UringDatagram.controlBytes(start));
    allowance.begin(size);
    loop.scratch().counters().receivedDatagram(size);
    try {
      handler.onDatagram(this, buffer.limit(payload + size).position(payload));
    } catch (Throwable e) {
      handlerErrors.incrementAndGet();
      options.listener().handlerFailed(address(), e);
    }
  }

  @Override
  public SocketAddress address() {
    return SocketAddresses.decode(sockaddr, sockaddrBytes);
  }

  @Override
  public SocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public long receivedEpochNanos() {
    return receivedEpochNanos;
  }

  @Override
  public boolean reply(ByteBuffer datagram) {
    int size = datagram.remaining();
    if (size > LARGEST_BYTES || !allowance.take(size)) {
      loop.scratch().counters().dropped(1);
      return false;
    }
    ByteBuffer bytes = datagram;
    if (!datagram.isDirect()) {
      bytes = loop.scratch().gatherBuffer().clear().put(datagram).flip();
    }
    long destination = loop.arena().add(sockaddr, sockaddrBytes);
    long payload = loop.arena().add(Memory.address(bytes) + bytes.position(), size);
    if (destination == 0 || payload == 0) {
      loop.scratch().counters().dropped(1);
      return false;
    }
    UringPrepare.sendto(
        ring.sqe(),
        UringSqe.IOSQE_CQE_SKIP_SUCCESS,
        descriptor,
        payload,
        size,
        Sockets.MSG_DONTWAIT | Sockets.MSG_NOSIGNAL,
        destination,
        sockaddrBytes,
        userData(UserData.SEND));
    bytes.position(bytes.limit());
    loop.scratch().counters().sentDatagram(size);
    return true;
  }

  /** On the loop. */
  void close() {
    if (!closed) {
      closed = true;
      UringPrepare.cancel(
          ring.sqe(),
          UringSqe.IOSQE_CQE_SKIP_SUCCESS,
          userData(UserData.RECEIVE),
          0,
          UserData.ofIgnored());
      Descriptors.close(descriptor);
    }
  }

  /** When the loop has ended. */
  void free() {
    Memory.free(header);
  }

  @Override
  public String toString() {
    return "UDP socket on " + localAddress;
  }
}
