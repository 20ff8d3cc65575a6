package fivefold.net.loop;

import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.DatagramPeer;
import fivefold.sys.Errno;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** A UDP socket on a loop: receives, and is the peer that the handler answers. */
final class DatagramEndpoint implements EventHandler, DatagramPeer {
  /** In one turn, so that timers and tasks are not kept waiting by a flood. */
  private static final int DATAGRAMS_PER_TURN = 256;

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
      loop.scratch().counters().receivedDatagram(size);
      try {
        handler.onDatagram(this, receiveBuffer.flip());
      } catch (Throwable e) {
        handlerErrors.incrementAndGet();
        options.listener().handlerFailed(sender.address(), e);
      }
    }
    if (!closed && loop.poller().isEdgeTriggered()) {
      loop.execute(this::read);
    }
  }

  @Override
  public void write() {}

  void close() {
    if (!closed) {
      closed = true;
      loop.remove(this);
      transport.close(handle);
    }
  }

  @Override
  public SocketAddress address() {
    return sender.address();
  }

  @Override
  public SocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public boolean reply(ByteBuffer datagram) {
    int size = datagram.remaining();
    ByteBuffer bytes = datagram;
    if (!datagram.isDirect()) {
      if (size > copyBuffer.capacity()) {
        loop.scratch().counters().dropped(1);
        return false;
      }
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
