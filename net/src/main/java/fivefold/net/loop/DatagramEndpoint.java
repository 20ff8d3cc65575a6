package fivefold.net.loop;

import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.DatagramPeer;
import fivefold.sys.Errno;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A UDP socket on a loop: receives, and is the peer that the handler answers. */
final class DatagramEndpoint implements EventHandler, DatagramPeer {
  /** In one turn, so that timers and tasks are not kept waiting by a flood. */
  private static final int DATAGRAMS_PER_TURN = 256;

  /** What UDP over IPv4 can carry (udp(7)). The kernel's EMSGSIZE would come after the answer. */
  private static final int LARGEST_BYTES = 65_507;

  private final EventLoop loop;
  private final Transport transport;
  private final int handle;
  private final SocketAddress localAddress;
  private final DatagramOptions options;
  private final DatagramHandler handler;
  private final AtomicLong handlerErrors;
  private final Transport.PeerAddress sender;
  private final ByteBuffer receiveBuffer;
  private final ByteBuffer copyBuffer;
  private final @Nullable DatagramBatch batch;

  private final ReplyAllowance allowance;
  private final Runnable readAgain = this::read;
  private boolean closed;

  DatagramEndpoint(
      EventLoop loop,
      Transport transport,
      int handle,
      SocketAddress localAddress,
      DatagramOptions options,
      DatagramHandler handler,
      AtomicLong handlerErrors) {
    this.loop = loop;
    this.transport = transport;
    this.handle = handle;
    this.localAddress = localAddress;
    this.options = options;
    this.handler = handler;
    this.handlerErrors = handlerErrors;
    this.sender = transport.newPeerAddress();
    this.receiveBuffer = loop.scratch().readBuffer();
    this.copyBuffer = loop.scratch().gatherBuffer();
    this.allowance = new ReplyAllowance(options.replyBeyondBytes());
    this.batch =
        transport.hasMessageCalls() && (options.batch() > 1 || options.timestamps())
            ? DatagramBatch.of(handle, options, loop.scratch().counters())
            : null;
  }

  @Override
  public int descriptor() {
    return handle;
  }

  @Override
  public boolean wantsRead() {
    return true;
  }

  @Override
  public boolean wantsWrite() {
    return false;
  }

  @Override
  public void read() {
    DatagramBatch many = batch;
    if (many == null) {
      readOneByOne();
    } else {
      readBatch(many);
    }
  }

  private void readBatch(DatagramBatch many) {
    ArrivedDatagrams arrived = many.arrived();
    boolean isEdgeTriggered = loop.poller().isEdgeTriggered();
    boolean more;
    int turn = 0;
    do {
      int count = arrived.receive();
      while (!closed && arrived.next()) {
        handle(arrived.bytes());
      }
      if (!closed) {
        many.replies().flush();
      }
      turn += Math.max(1, count);
      // A watcher of edges is not told of what an error has left behind, so it asks until EAGAIN.
      more = isEdgeTriggered ? count != -Errno.EAGAIN : count == arrived.slots();
    } while (more && turn < DATAGRAMS_PER_TURN && !closed);
    if (more && isEdgeTriggered && !closed) {
      loop.execute(readAgain);
    }
  }

  private void handle(ByteBuffer datagram) {
    loop.scratch().counters().receivedDatagram(datagram.remaining());
    allowance.begin(datagram.remaining());
    try {
      handler.onDatagram(this, datagram);
    } catch (Throwable e) {
      handlerErrors.incrementAndGet();
      options.listener().handlerFailed(address(), e);
    }
  }

  private void readOneByOne() {
    for (int i = 0; i < DATAGRAMS_PER_TURN && !closed; i++) {
      receiveBuffer.clear().limit(options.datagramLimitBytes());
      int size = transport.receiveFrom(handle, receiveBuffer, sender);
      if (size == -Errno.EAGAIN) {
        return;
      }
      if (size < 0) {
        // An ICMP error that an earlier reply brought about (udp(7)): datagrams may be behind it.
        continue;
      }
      handle(receiveBuffer.flip());
    }
    if (!closed && loop.poller().isEdgeTriggered()) {
      loop.execute(readAgain);
    }
  }

  @Override
  public void write() {}

  void close() {
    if (!closed) {
      if (batch != null) {
        batch.replies().flush();
      }
      closed = true;
      loop.remove(this);
      transport.close(handle);
    }
  }

  @Override
  public SocketAddress address() {
    return batch == null ? sender.address() : batch.arrived().sender();
  }

  @Override
  public SocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public long receivedEpochNanos() {
    return batch == null ? 0 : batch.arrived().receivedEpochNanos();
  }

  @Override
  public boolean reply(ByteBuffer datagram) {
    int size = datagram.remaining();
    if (closed || size > LARGEST_BYTES || !allowance.take(size)) {
      loop.scratch().counters().dropped(1);
      return false;
    }
    if (batch != null) {
      ArrivedDatagrams arrived = batch.arrived();
      batch.replies().add(arrived.sockaddr(), arrived.sockaddrBytes(), datagram);
      return true;
    }
    ByteBuffer bytes = datagram;
    if (!datagram.isDirect()) {
      bytes = copyBuffer.clear().put(datagram).flip();
    }
    int result = transport.sendTo(handle, bytes, sender);
    if (result < 0) {
      loop.scratch().counters().dropped(1);
      return false;
    }
    loop.scratch().counters().sentDatagram(size);
    return true;
  }

  @Override
  public String toString() {
    return "UDP socket on " + localAddress;
  }
}
