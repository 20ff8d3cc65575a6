package fivefold.net.blocking;

import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.DatagramPeer;
import fivefold.net.loop.Counters;
import fivefold.net.loop.ReplyAllowance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;

/** A thread that waits in receive, and the peer that the handler answers. */
final class DatagramReceiver implements Runnable, DatagramPeer {
  static final ScopedValue<BlockingDatagramEngine> SERVING = ScopedValue.newInstance();

  private final BlockingDatagramEngine engine;
  private final DatagramChannel channel;
  private final DatagramOptions options;
  private final DatagramHandler handler;
  private final AtomicLong handlerErrors;
  private final Counters counters = new Counters();
  private final ReplyAllowance allowance;
  private SocketAddress sender = new InetSocketAddress(0);

  DatagramReceiver(
      BlockingDatagramEngine engine,
      DatagramChannel channel,
      DatagramOptions options,
      DatagramHandler handler,
      AtomicLong handlerErrors) {
    this.engine = engine;
    this.channel = channel;
    this.options = options;
    this.handler = handler;
    this.handlerErrors = handlerErrors;
    this.allowance = new ReplyAllowance(options.replyBeyondBytes());
  }

  @Override
  public void run() {
    ScopedValue.where(SERVING, engine).run(this::receiveAll);
  }

  private void receiveAll() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(options.datagramLimitBytes());
    while (channel.isOpen()) {
      try {
        sender = channel.receive(buffer.clear());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // An ICMP error that an earlier reply brought about (udp(7)).
        continue;
      }
      counters.receivedDatagram(buffer.flip().remaining());
      allowance.begin(buffer.remaining());
      handle(buffer);
    }
  }

  private void handle(ByteBuffer datagram) {
    try {
      handler.onDatagram(this, datagram);
    } catch (Throwable e) {
      handlerErrors.incrementAndGet();
      options.listener().handlerFailed(sender, e);
    }
  }

  Counters counters() {
    return counters;
  }

  @Override
  public SocketAddress address() {
    return sender;
  }

  @Override
  public SocketAddress localAddress() {
    try {
      return channel.getLocalAddress();
    } catch (IOException e) {
      return options.address();
    }
  }

  @Override
  public boolean reply(ByteBuffer datagram) {
    int size = datagram.remaining();
    if (!allowance.take(size)) {
      counters.dropped(1);
      return false;
    }
    try {
      channel.send(datagram, sender);
      counters.sentDatagram(size);
      return true;
    } catch (IOException e) {
      counters.dropped(1);
      return false;
    }
  }
}
