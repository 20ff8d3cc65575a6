package fivefold.net.loop;

import fivefold.net.Connection;
import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.Engine;
import fivefold.net.LoopStats;
import fivefold.net.ServerStats;
import fivefold.net.Watched;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The driver of UDP on all readiness models: a socket on each loop, sharing the port. */
public final class DatagramReactor implements Engine {
  private final PollerFactory pollers;
  private final DatagramOptions options;
  private final DatagramHandler handler;
  private final AtomicLong handlerErrors = new AtomicLong();
  private final List<LoopThread<EventLoop>> threads = new ArrayList<>();
  private final List<DatagramEndpoint> endpoints = new ArrayList<>();

  public DatagramReactor(PollerFactory pollers, DatagramOptions options, DatagramHandler handler) {
    this.pollers = pollers;
    this.options = options;
    this.handler = handler;
  }

  @Override
  public SocketAddress start() throws IOException {
    Transport transport = StageTransport.around(pollers.transport(), options.stages());
    SocketOptions socketOptions =
        new SocketOptions(
            0,
            false,
            options.reuseAddress(),
            options.loops() > 1,
            options.sendBufferBytes(),
            options.receiveBufferBytes());
    SocketAddress address = options.address();
    try {
      if (options.loops() > 1) {
        // Shared among our loops, not with another server: that one is found by not sharing.
        SocketOptions alone = new SocketOptions(0, false, options.reuseAddress(), false, 0, 0);
        transport.close(transport.bindDatagram(address, alone));
      }
      for (int i = 0; i < options.loops(); i++) {
        String name = "fivefold-" + pollers.model().word() + "-udp-" + i;
        EventLoop loop = EventLoop.over(pollers.open());
        loop.tasks().record(options.stages());
        LoopThread<EventLoop> thread = new LoopThread<>(name, loop);
        threads.add(thread);
        int handle = transport.bindDatagram(address, socketOptions);
        address = transport.localAddress(handle);
        DatagramEndpoint endpoint =
            new DatagramEndpoint(
                thread.loop(), transport, handle, address, options, handler, handlerErrors);
        endpoints.add(endpoint);
        if (options.peer() != null) {
          transport.connectDatagram(handle, options.peer());
        }
        thread.loop().onPollerFailure(error -> pollerFailed(endpoint, error));
        thread.loop().add(endpoint);
      }
    } catch (IOException e) {
      endpoints.forEach(DatagramEndpoint::close);
      terminate();
      throw e;
    }
    threads.forEach(LoopThread::start);
    return address;
  }

  /** On the failed loop: the port is closed, unless other loops share it. */
  private void pollerFailed(DatagramEndpoint endpoint, IOException error) {
    endpoint.close();
    String others = threads.size() > 1 ? "the others go on" : "nothing is received any more";
    options.listener().warned("the poller of a loop failed: " + error.getMessage() + "; " + others);
  }

  @Override
  public void stopAccepting() {
    for (int i = 0; i < threads.size(); i++) {
      DatagramEndpoint endpoint = endpoints.get(i);
      threads
          .get(i)
          .ask(
              () -> {
                endpoint.close();
                return true;
              },
              false);
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
    List<Watched> all = new ArrayList<>();
    threads.forEach(each -> all.addAll(each.ask(() -> Stats.watched(each.loop()), List.of())));
    return all;
  }
}
