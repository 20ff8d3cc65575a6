package fivefold.net.asynchronous;

import fivefold.net.Connection;
import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.Engine;
import fivefold.net.LoopStats;
import fivefold.net.ServerStats;
import fivefold.net.Watched;
import fivefold.net.loop.LoopThread;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Stats;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The driver of UDP on io_uring: a socket and a ring for each loop, sharing the port. */
final class UringDatagramEngine implements Engine {
  private final DatagramOptions options;
  private final DatagramHandler handler;
  private final NativeTransport transport = new NativeTransport();
  private final AtomicLong handlerErrors = new AtomicLong();
  private final List<LoopThread<UringLoop>> threads = new ArrayList<>();
  private final List<UringDatagramEndpoint> endpoints = new ArrayList<>();

  UringDatagramEngine(DatagramOptions options, DatagramHandler handler) {
    this.options = options;
    this.handler = handler;
  }

  @Override
  public SocketAddress start() throws IOException {
    SocketOptions socketOptions =
        new SocketOptions(
            0,
            false,
            options.reuseAddress(),
            options.loops() > 1,
            options.sendBufferBytes(),
            options.receiveBufferBytes());
    SocketAddress address = options.address();
    List<Integer> sockets = new ArrayList<>();
    try {
      if (options.loops() > 1) {
        // Shared among our loops, not with another server: that one is found by not sharing.
        SocketOptions alone = new SocketOptions(0, false, options.reuseAddress(), false, 0, 0);
        transport.close(transport.bindDatagram(address, alone));
      }
      for (int i = 0; i < options.loops(); i++) {
        int socket = transport.bindDatagram(address, socketOptions);
        sockets.add(socket);
        if (options.peer() != null) {
          transport.connectDatagram(socket, options.peer());
        }
        address = transport.localAddress(socket);
        UringLoop loop = UringLoop.ofOneRing(ReceiveBuffers::forDatagrams);
        threads.add(new LoopThread<>("fivefold-io_uring-udp-" + i, loop));
        endpoints.add(
            new UringDatagramEndpoint(loop, socket, address, options, handler, handlerErrors));
      }
    } catch (IOException e) {
      sockets.forEach(transport::close);
      terminate();
      throw e;
    }
    for (int i = 0; i < threads.size(); i++) {
      threads.get(i).start();
      threads.get(i).loop().execute(endpoints.get(i)::open);
    }
    return address;
  }

  @Override
  public void stopAccepting() {
    for (int i = 0; i < threads.size(); i++) {
      UringDatagramEndpoint endpoint = endpoints.get(i);
      threads
          .get(i)
          .ask(
              () -> {
                endpoint.close();
                return true;
              },
              false);
      // With it the last answers leave.
      threads.get(i).loop().letSubmissionPass();
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
    threads.forEach(LoopThread::terminate);
    endpoints.forEach(UringDatagramEndpoint::free);
  }

  @Override
  public boolean isOnOwnThread() {
    return threads.stream().anyMatch(each -> each.loop().isCurrent());
  }

  @Override
  public List<LoopStats> loops() {
    return threads.stream().map(LoopThread::stats).toList();
  }

  @Override
  public void watchLoops(Duration limit) {
    threads.forEach(thread -> thread.watch(limit, options.listener()));
  }

  @Override
  public ServerStats stats() {
    return Stats.of(
        handlerErrors.get(),
        threads.stream().map(each -> each.loop().scratch().counters()).toList());
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
