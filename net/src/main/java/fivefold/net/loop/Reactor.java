package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.Engine;
import fivefold.net.LoopStats;
import fivefold.net.ServerStats;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.Watched;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private final LoopMembers<EventLoop, ReadinessConnection> members;
  // Read by all loops; changes when a loop has failed.
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Set<EventLoop> failedLoops = ConcurrentHashMap.newKeySet();
  private volatile boolean accepting = true;
  // Of the loop that accepts.
  private int nextMember;

  public Reactor(
      PollerFactory pollers,
      StreamOptions options,
      Supplier<? extends StreamHandler> handlers,
      StrandSource strands) {
    this.pollers = pollers;
    this.transport = StageTransport.around(pollers.transport(), options.stages());
    this.serving = new StreamServing(options, handlers);
    this.strands = strands;
    this.members = new LoopMembers<>(options.idleTimeout(), this::oneHasGone);
  }

  @Override
  public SocketAddress start() throws IOException {
    StreamOptions options = serving.options();
    try {
      for (int i = 0; i < options.loops(); i++) {
        String name = "fivefold-" + pollers.model().word() + "-" + i;
        EventLoop loop = EventLoop.over(pollers.open(), pollers.clock());
        loop.tasks().record(options.stages());
        members.add(name, loop);
      }
      members
          .all()
          .forEach(each -> each.loop().onPollerFailure(error -> pollerFailed(each, error)));
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
      listen(member, handle);
    }
    return address;
  }

  private void listen(LoopMembers.Member<EventLoop, ReadinessConnection> member, int handle)
      throws IOException {
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

  /**
   * On the failed loop. Its connections would never be told anything again, so they are cut off;
   * what it accepted another loop accepts from now on, and when there is none, nobody: the port is
   * closed, so that the server does not look alive.
   */
  private void pollerFailed(
      LoopMembers.Member<EventLoop, ReadinessConnection> failed, IOException error) {
    failedLoops.add(failed.loop());
    String why = "the poller of a loop failed: " + error.getMessage();
    int connections = failed.abortAll(CloseReason.of(CloseReason.Kind.IO_ERROR, why));
    Optional<LoopMembers.Member<EventLoop, ReadinessConnection>> heir =
        members.all().stream().filter(each -> !failedLoops.contains(each.loop())).findFirst();
    for (Listener listener : List.copyOf(listeners)) {
      if (listener.isOn(failed.loop())) {
        listeners.remove(listener);
        // With SO_REUSEPORT the others have sockets of their own.
        if (heir.isPresent() && !serving.options().reusePort()) {
          handOver(listener, heir.get());
        } else {
          listener.close();
        }
      }
    }
    serving
        .listener()
        .warned(
            why
                + "; its "
                + connections
                + " connections are closed, and "
                + (heir.isPresent() ? "the other loops go on" : "nothing is accepted any more"));
  }

  private void handOver(
      Listener listener, LoopMembers.Member<EventLoop, ReadinessConnection> heir) {
    int handle = listener.detach();
    heir.loop()
        .execute(() -> {
          try {
            if (accepting) {
              listen(heir, handle);
            } else {
              transport.close(handle);
            }
          } catch (IOException e) {
            transport.close(handle);
            serving.listener().warned("nothing is accepted any more: " + e.getMessage());
          }
        });
  }

  private void assign(
      LoopMembers.Member<EventLoop, ReadinessConnection> acceptor,
      int connection,
      RemoteAddress peer) {
    if (serving.options().reusePort()) {
      adopt(acceptor, connection, peer);
      return;
    }
    LoopMembers.Member<EventLoop, ReadinessConnection> member = nextMember(acceptor);
    if (member.equals(acceptor)) {
      adopt(member, connection, peer);
    } else {
      member.loop().execute(() -> adopt(member, connection, peer));
    }
  }

  private LoopMembers.Member<EventLoop, ReadinessConnection> nextMember(
      LoopMembers.Member<EventLoop, ReadinessConnection> acceptor) {
    for (int tries = 0; tries < members.size(); tries++) {
      LoopMembers.Member<EventLoop, ReadinessConnection> next =
          members.get(nextMember++ % members.size());
      if (!failedLoops.contains(next.loop())) {
        return next;
      }
    }
    return acceptor;
  }

  /** On the member's loop. */
  private void adopt(
      LoopMembers.Member<EventLoop, ReadinessConnection> member, int handle, RemoteAddress peer) {
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
              member);
    } catch (RuntimeException | Error e) {
      // The supplier of handlers failed.
      transport.close(handle);
      serving.cancelOpen();
      serving.handlerFailed(peer.address(), e);
      return;
    }
    member.add(connection);
    if (strand.isCurrent()) {
      connection.open();
    } else {
      strand.execute(connection::open);
    }
  }

  private void oneHasGone() {
    for (Listener listener : listeners) {
      listener.maybeRoom();
    }
  }

  @Override
  public void stopAccepting() {
    accepting = false;
    // What is being handed over between two loops is in nobody's list: it has looked, or will.
    members.all().forEach(each -> each.thread().ask(() -> true, false));
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
    return members.abort(serving::openCount);
  }

  @Override
  public void terminate() {
    // First the workers: what they put off to the loops, such as closing a descriptor, still runs.
    strands.close();
    members.terminate();
  }

  @Override
  public boolean isOnOwnThread() {
    return strands.isOnOwnThread() || members.isOnOwnThread();
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
