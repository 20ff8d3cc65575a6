package fivefold.net.loop;

import fivefold.net.Connection;
import fivefold.net.Engine;
import fivefold.net.ServerStats;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.Watched;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The driver of all readiness models: one or more event loops, each with connections of its own.
 * The models differ only by the {@link PollerFactory}, and by where a connection's calls run
 * ({@link StrandSource}).
 */
public final class Reactor implements Engine {
  private final PollerFactory pollers;
  private final Transport transport;
  private final StreamServing serving;
  private final StrandSource strands;
  private final LoopMembers<EventLoop, ReadinessConnection> members = new LoopMembers<>();
  private final List<Listener> listeners = new ArrayList<>();
  private int nextMember;

  public Reactor(
      PollerFactory pollers,
      StreamOptions options,
      Supplier<? extends StreamHandler> handlers,
      StrandSource strands) {
    this.pollers = pollers;
    this.transport = pollers.transport();
    this.serving = new StreamServing(options, handlers);
    this.strands = strands;
  }

  @Override
  public SocketAddress start() throws IOException {
    StreamOptions options = serving.options();
    try {
      for (int i = 0; i < options.loops(); i++) {
        String name = "fivefold-" + pollers.model().word() + "-" + i;
        members.add(name, EventLoop.over(pollers.open(), pollers.clock()));
      }
      SocketAddress bound = listen();
      members.start();
      return bound;
    } catch (IOException | RuntimeException | Error e) {
      // The loops do not run yet.
      listeners.forEach(Listener::close);
      terminate();
      throw e;
    }
  }

  /** One listening socket on the first loop, or with SO_REUSEPORT one on each. */
  private SocketAddress listen() throws IOException {
    StreamOptions options = serving.options();
    SocketAddress address = options.address();
    int count = options.reusePort() ? members.size() : 1;
    for (int i = 0; i < count; i++) {
      LoopMembers.Member<EventLoop, ReadinessConnection> member = members.get(i);
      int handle = transport.listen(address, Listener.socketOptions(options));
      // With port 0 the others join the port that the first was given.
      address = transport.localAddress(handle);
      Listener listener =
          new Listener(
              member.thread(),
              transport,
              serving,
              handle,
              (peer, connection) -> assign(member, connection, peer));
      listeners.add(listener);
      member.loop().add(listener);
    }
    return address;
  }

  private void assign(
      LoopMembers.Member<EventLoop, ReadinessConnection> acceptor,
      int connection,
      SocketAddress peer) {
    if (serving.options().reusePort()) {
      adopt(acceptor, connection, peer);
      return;
    }
    LoopMembers.Member<EventLoop, ReadinessConnection> member =
        members.get(nextMember++ % members.size());
    if (member.equals(acceptor)) {
      adopt(member, connection, peer);
    } else {
      member.loop().execute(() -> adopt(member, connection, peer));
    }
  }

  /** On the member's loop. */
  private void adopt(
      LoopMembers.Member<EventLoop, ReadinessConnection> member, int handle, SocketAddress peer) {
    ReadinessConnection connection;
    WatchingStrand strand = strands.strand(member.loop());
    try {
      connection =
          new ReadinessConnection(
              serving,
              transport,
              strand,
              handle,
              peer,
              member.loop().poller().isEdgeTriggered(),
              gone -> finished(member, gone));
    } catch (RuntimeException | Error e) {
      // The supplier of handlers failed.
      transport.close(handle);
      serving.cancelOpen();
      serving.handlerFailed(peer, e);
      return;
    }
    member.add(connection);
    if (strand.isCurrent()) {
      connection.open();
    } else {
      strand.execute(connection::open);
    }
  }

  private void finished(
      LoopMembers.Member<EventLoop, ReadinessConnection> member, ReadinessConnection connection) {
    member.remove(connection);
    for (Listener listener : listeners) {
      listener.maybeRoom();
    }
  }

  @Override
  public void stopAccepting() {
    listeners.forEach(Listener::closeAndWait);
  }

  @Override
  public void drain() {
    members.forEachConnection(StreamConnection::requestDrain);
  }

  @Override
  public int openCount() {
    return serving.openCount();
  }

  @Override
  public long abort() {
    return members.abort(() -> serving.openCount() == 0);
  }

  @Override
  public void terminate() {
    members.terminate();
    strands.close();
  }

  @Override
  public boolean isOnOwnThread() {
    return strands.isOnOwnThread() || members.isOnOwnThread();
  }

  @Override
  public ServerStats stats() {
    List<Counters> all = new ArrayList<>(strands.counters());
    all.addAll(members.counters());
    return Stats.of(serving, all);
  }

  @Override
  public List<Connection> connections() {
    return members.connections();
  }

  @Override
  public List<Watched> watched() {
    List<Watched> all = new ArrayList<>();
    members
        .all()
        .forEach(member ->
            all.addAll(member.thread().ask(() -> Stats.watched(member.loop()), List.of())));
    return all;
  }
}
