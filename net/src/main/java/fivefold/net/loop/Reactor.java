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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The driver of all readiness models: one or more event loops, each with connections of its own.
 * The models differ only by the {@link PollerFactory}, and by where a connection's calls run
 * ({@link StrandSource}).
 */
public final class Reactor implements Engine {
  private static final long ABORT_WAIT_NANOS = 5_000_000_000L;

  private final PollerFactory pollers;
  private final Transport transport;
  private final StreamServing serving;
  private final StrandSource strands;
  private final List<Member> members = new ArrayList<>();
  private int nextMember;

  /** A loop with its connections, which only its own thread touches. */
  private static final class Member {
    final LoopThread thread;
    final Set<ReadinessConnection> connections = new HashSet<>();
    @Nullable Listener listener;

    Member(LoopThread thread) {
      this.thread = thread;
    }

    EventLoop loop() {
      return thread.loop();
    }
  }

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
        members.add(new Member(new LoopThread(name, EventLoop.over(pollers.open()))));
      }
      SocketAddress bound = listen();
      members.forEach(member -> member.thread.start());
      return bound;
    } catch (IOException e) {
      closeListeners();
      terminate();
      throw e;
    }
  }

  /** One listening socket on the first loop, or with SO_REUSEPORT one on each. */
  private SocketAddress listen() throws IOException {
    StreamOptions options = serving.options();
    SocketAddress address = options.address();
    int listeners = options.reusePort() ? members.size() : 1;
    for (int i = 0; i < listeners; i++) {
      Member member = members.get(i);
      int handle = transport.listen(address, Listener.socketOptions(options));
      // With port 0 the others join the port that the first was given.
      address = transport.localAddress(handle);
      Listener listener =
          new Listener(
              member.loop(),
              transport,
              serving,
              handle,
              (peer, connection) -> assign(member, connection, peer));
      member.listener = listener;
      member.loop().add(listener);
    }
    return address;
  }

  private void assign(Member acceptor, int connection, SocketAddress peer) {
    if (serving.options().reusePort()) {
      adopt(acceptor, connection, peer);
      return;
    }
    Member member = members.get(nextMember++ % members.size());
    if (member == acceptor) {
      adopt(member, connection, peer);
    } else {
      member.loop().execute(() -> adopt(member, connection, peer));
    }
  }

  /** On the member's loop. */
  private void adopt(Member member, int handle, SocketAddress peer) {
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
    member.connections.add(connection);
    if (strand.isCurrent()) {
      connection.open();
    } else {
      strand.execute(connection::open);
    }
  }

  private void finished(Member member, ReadinessConnection connection) {
    member.connections.remove(connection);
    for (Member each : members) {
      Listener listener = each.listener;
      if (listener != null && listener.isPaused()) {
        each.loop().execute(listener::resume);
      }
    }
  }

  @Override
  public void stopAccepting() {
    for (Member member : members) {
      Listener listener = member.listener;
      if (listener != null) {
        member.thread.ask(
            () -> {
              listener.close();
              return true;
            },
            false);
      }
    }
  }

  /** Before the loops run. */
  private void closeListeners() {
    for (Member member : members) {
      if (member.listener != null) {
        member.listener.close();
      }
    }
  }

  @Override
  public void drain() {
    forEachConnection(ReadinessConnection::requestDrain);
  }

  private void forEachConnection(Consumer<ReadinessConnection> action) {
    for (Member member : members) {
      member.loop().execute(() -> List.copyOf(member.connections).forEach(action));
    }
  }

  @Override
  public int openCount() {
    return serving.openCount();
  }

  @Override
  public long abort() {
    long lostBytes = connections().stream().mapToLong(Connection::outboxBytes).sum();
    forEachConnection(ReadinessConnection::cutOff);
    long deadlineNanos = System.nanoTime() + ABORT_WAIT_NANOS;
    while (openCount() > 0 && deadlineNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(200_000);
    }
    return lostBytes;
  }

  @Override
  public void terminate() {
    members.forEach(member -> member.thread.terminate());
    strands.close();
  }

  @Override
  public boolean isOnOwnThread() {
    return strands.isOnOwnThread()
        || members.stream().anyMatch(member -> member.loop().isCurrent());
  }

  @Override
  public ServerStats stats() {
    List<Counters> all = new ArrayList<>(strands.counters());
    members.forEach(member -> all.add(member.loop().scratch().counters()));
    return Stats.of(serving, all);
  }

  @Override
  public List<Connection> connections() {
    List<Connection> all = new ArrayList<>();
    for (Member member : members) {
      all.addAll(member.thread.ask(() -> List.copyOf(member.connections), List.of()));
    }
    return all;
  }

  @Override
  public List<Watched> watched() {
    List<Watched> all = new ArrayList<>();
    for (Member member : members) {
      all.addAll(member.thread.ask(() -> Stats.watched(member.loop()), List.of()));
    }
    return all;
  }
}
