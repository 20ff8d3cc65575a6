package fivefold.net.asynchronous;

import fivefold.net.Connection;
import fivefold.net.Engine;
import fivefold.net.LoopStats;
import fivefold.net.ServerStats;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.Watched;
import fivefold.net.loop.LoopMembers;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.RemoteAddress;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Stats;
import fivefold.net.loop.StreamConnection;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Descriptors;
import fivefold.sys.NativeException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The driver of io_uring: loops with a ring each, or with a ring for each table of direct
 * descriptors where more connections are wanted than there are ordinary ones.
 */
final class UringEngine implements Engine {
  private final LoopSource loops;
  private final StreamServing serving;
  private final NativeTransport transport = new NativeTransport();
  private final LoopMembers<UringLoop, UringConnection> members;
  private final List<RingListener> listeners = new ArrayList<>();

  /** Makes a loop. */
  interface LoopSource {
    UringLoop open() throws IOException;
  }

  UringEngine(StreamOptions options, Supplier<? extends StreamHandler> handlers) {
    this(options, handlers, () -> loop(options));
  }

  UringEngine(StreamOptions options, Supplier<? extends StreamHandler> handlers, LoopSource loops) {
    this.loops = loops;
    this.serving = new StreamServing(options, handlers);
    this.members = new LoopMembers<>(options.idleTimeout(), this::oneHasGone);
  }

  private static UringLoop loop(StreamOptions options) throws IOException {
    Optional<DirectTables> tables = DirectTables.of(options);
    return tables.isPresent()
        ? new UringLoop(loop -> new TableRings(loop, tables.get()))
        : UringLoop.ofOneRing(ReceiveBuffers::forStreams);
  }

  @Override
  public SocketAddress start() throws IOException {
    StreamOptions options = serving.options();
    List<Integer> sockets = new ArrayList<>();
    try {
      // A ring accepts for itself, so several share the port.
      boolean unix = options.address() instanceof UnixDomainSocketAddress;
      boolean share = !unix && (options.reusePort() || options.loops() > 1);
      SocketAddress address = options.address();
      if (share && !options.reusePort()) {
        // Shared among our loops, not with another server: that one is found by not sharing.
        transport.close(transport.listen(address, socketOptions(options, false)));
      }
      for (int i = 0; i < options.loops(); i++) {
        int socket =
            unix && i > 0
                ? duplicate(sockets.getFirst())
                : transport.listen(address, socketOptions(options, share));
        sockets.add(socket);
        address = transport.localAddress(socket);
        UringLoop loop = loops.open();
        loop.tasks().record(options.stages());
        members.add("fivefold-io_uring-" + i, loop);
        listeners.add(listener(members.get(i), socket));
      }
      members.start();
      for (int i = 0; i < listeners.size(); i++) {
        members.get(i).loop().execute(listeners.get(i)::open);
      }
      return address;
    } catch (IOException e) {
      sockets.forEach(transport::close);
      terminate();
      throw e;
    }
  }

  /** Of a Unix socket, whose one backlog the rings share. */
  private static int duplicate(int socket) throws IOException {
    int duplicate = Descriptors.duplicate(socket);
    if (duplicate < 0) {
      throw NativeException.of("fcntl", duplicate);
    }
    return duplicate;
  }

  private static SocketOptions socketOptions(StreamOptions options, boolean reusePort) {
    return new SocketOptions(
        options.backlog(),
        options.noDelay(),
        options.reuseAddress(),
        reusePort,
        options.sendBufferBytes(),
        options.receiveBufferBytes());
  }

  private RingListener listener(LoopMembers.Member<UringLoop, UringConnection> member, int socket) {
    UringLoop loop = member.loop();
    RingListener.Accepted accepted =
        (ring, connection, peer) -> adopt(member, ring, connection, peer);
    return loop.rings() instanceof TableRings tables
        ? new DirectListener(loop, tables, serving, socket, accepted)
        : new UringListener(loop, serving, socket, accepted);
  }

  private void adopt(
      LoopMembers.Member<UringLoop, UringConnection> member,
      LoopRing ring,
      int descriptor,
      RemoteAddress peer) {
    UringConnection connection;
    try {
      connection = new UringConnection(serving, ring, descriptor, peer, member);
    } catch (RuntimeException | Error e) {
      // The supplier of handlers failed.
      ring.sockets().close(descriptor, false);
      serving.cancelOpen();
      serving.handlerFailed(peer.address(), e);
      return;
    }
    member.add(connection);
    connection.open();
  }

  private void oneHasGone() {
    listeners.forEach(RingListener::maybeRoom);
  }

  @Override
  public void stopAccepting() {
    for (int i = 0; i < listeners.size(); i++) {
      RingListener listener = listeners.get(i);
      // The cancelled accept holds the socket until it has been submitted: then the port is free.
      members
          .get(i)
          .thread()
          .ask(
              () -> {
                listener.close();
                return true;
              },
              false);
      members.get(i).loop().letSubmissionPass();
    }
  }

  /** Twice round each loop: what had arrived before has been told by then. */
  @Override
  public void drain() {
    for (LoopMembers.Member<UringLoop, UringConnection> member : members.all()) {
      member.loop().letSubmissionPass();
    }
    members.forEachConnection(StreamConnection::requestDrain);
  }

  @Override
  public int openCount() {
    return serving.openCount();
  }

  @Override
  public long abort() {
    return members.abort(serving::openCount);
  }

  @Override
  public void terminate() {
    members.terminate();
  }

  @Override
  public boolean isOnOwnThread() {
    return members.isOnOwnThread();
  }

  @Override
  public List<LoopStats> loops() {
    return members.stats();
  }

  @Override
  public void watchLoops(Duration limit) {
    members.watch(limit, serving.listener());
  }

  @Override
  public ServerStats stats() {
    return Stats.of(serving, members.counters());
  }

  @Override
  public List<Connection> connections() {
    return members.connections();
  }

  /** A ring watches requests, not descriptors: each connection has a receive in flight. */
  @Override
  public List<Watched> watched() {
    return List.of();
  }
}
