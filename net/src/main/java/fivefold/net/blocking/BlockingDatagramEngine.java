package fivefold.net.blocking;

import fivefold.net.Connection;
import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.Engine;
import fivefold.net.ServerStats;
import fivefold.net.Watched;
import fivefold.net.loop.ChannelFamilies;
import fivefold.net.loop.Stats;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The driver of UDP on the blocking models: threads that wait in receive, one after the other. */
final class BlockingDatagramEngine implements Engine {
  private final DatagramOptions options;
  private final DatagramHandler handler;
  private final int receiverCount;
  private final Workers workers;
  private final AtomicLong handlerErrors = new AtomicLong();
  private final List<DatagramReceiver> receivers = new ArrayList<>();
  private @Nullable DatagramChannel channel;

  BlockingDatagramEngine(
      DatagramOptions options, DatagramHandler handler, int receiverCount, Workers workers) {
    this.options = options;
    this.handler = handler;
    this.receiverCount = receiverCount;
    this.workers = workers;
  }

  @Override
  public SocketAddress start() throws IOException {
    DatagramChannel opened = DatagramChannel.open(ChannelFamilies.of(options.address()));
    try {
      opened.setOption(StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
      if (options.sendBufferBytes() > 0) {
        opened.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferBytes());
      }
      if (options.receiveBufferBytes() > 0) {
        opened.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
      }
      opened.bind(options.address());
      if (options.peer() != null) {
        opened.connect(options.peer());
      }
    } catch (IOException | RuntimeException e) {
      opened.close();
      workers.terminate();
      throw e;
    }
    receive(opened);
    return opened.getLocalAddress();
  }

  /** Waits for datagrams on a bound socket. */
  void receive(DatagramChannel bound) {
    channel = bound;
    for (int i = 0; i < receiverCount; i++) {
      DatagramReceiver receiver =
          new DatagramReceiver(this, bound, options, handler, handlerErrors);
      receivers.add(receiver);
      workers.servers().execute(receiver);
    }
  }

  @Override
  public void stopAccepting() {
    DatagramChannel open = channel;
    if (open != null) {
      // Ends the waits in receive.
      Channels.closeQuietly(open);
    }
  }

  /** A datagram is answered in the call that received it: nothing is ever left to drain. */
  @Override
  public void drain() {}

  @Override
  public int openCount() {
    return 0;
  }

  @Override
  public long abort() {
    return 0;
  }

  @Override
  public void terminate() {
    workers.terminate();
  }

  @Override
  public boolean isOnOwnThread() {
    return DatagramReceiver.SERVING.isBound() && DatagramReceiver.SERVING.get().equals(this);
  }

  @Override
  public ServerStats stats() {
    return Stats.of(
        handlerErrors.get(), receivers.stream().map(DatagramReceiver::counters).toList());
  }

  @Override
  public List<Connection> connections() {
    return List.of();
  }

  @Override
  public List<Watched> watched() {
    return List.of();
  }
}
