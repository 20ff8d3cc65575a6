package fivefold.net.blocking;

import fivefold.net.Connection;
import fivefold.net.Engine;
import fivefold.net.ServerStats;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.Watched;
import fivefold.net.loop.ChannelFamilies;
import fivefold.net.loop.Counters;
import fivefold.net.loop.Stats;
import fivefold.net.loop.StreamServing;
import fivefold.net.loop.UnixChannels;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The driver of the blocking models: an acceptor, and a worker in the read loop of each connection.
 */
final class BlockingEngine implements Engine {
  /** Bound on the threads of an engine, which cannot wait for its end. */
  static final ScopedValue<BlockingEngine> SERVING = ScopedValue.newInstance();

  private static final long ABORT_WAIT_NANOS = 2_000_000_000L;

  private static final System.Logger LOG = System.getLogger("fivefold.net.blocking");

  private final StreamServing serving;
  private final Workers workers;
  private final Set<BlockingConnection> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("fivefold-deadlines").factory());
  private final Counters ended = new Counters();
  private @Nullable Acceptor acceptor;

  BlockingEngine(
      StreamOptions options, Supplier<? extends StreamHandler> handlers, Workers workers) {
    this(new StreamServing(options, handlers), workers);
  }

  BlockingEngine(StreamServing serving, Workers workers) {
    this.serving = serving;
    this.workers = workers;
  }

  @Override
  public SocketAddress start() throws IOException {
    ServerSocketChannel channel =
        ServerSocketChannel.open(ChannelFamilies.of(serving.options().address()));
    try {
      if (!(serving.options().address() instanceof UnixDomainSocketAddress)) {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, serving.options().reuseAddress());
      }
      if (serving.options().reusePort()) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      if (serving.options().receiveBufferBytes() > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, serving.options().receiveBufferBytes());
      }
      UnixChannels.bind(channel, serving.options().address(), serving.options().backlog());
      SocketAddress bound = channel.getLocalAddress();
      watchDeadlines();
      acceptor = new Acceptor(channel, serving, this::serve);
      acceptor.start(this::acceptorThread);
      return bound;
    } catch (IOException | RuntimeException | Error e) {
      // An Error, too: the system may give no thread.
      channel.close();
      terminate();
      throw e;
    }
  }

  void watchDeadlines() {
    long sweepNanos = sweepEveryNanos();
    Future<?> _ =
        clock.scheduleWithFixedDelay(this::sweep, sweepNanos, sweepNanos, TimeUnit.NANOSECONDS);
  }

  /** Serves a connection that was accepted elsewhere, on the calling thread, until its end. */
  void serveHere(SocketChannel channel, SocketAddress peer) {
    if (serving.tryOpen()) {
      BlockingConnection connection = admit(channel, peer);
      if (connection != null) {
        connection.run();
      }
    }
  }

  private Thread acceptorThread(Runnable accepting) {
    return workers.threads().newThread(() -> ScopedValue.where(SERVING, this).run(accepting));
  }

  /** Often enough that a deadline is missed by a quarter at most. */
  private long sweepEveryNanos() {
    Duration age = serving.options().outbox().limitAge();
    Duration idle = serving.options().idleTimeout();
    Duration shorter = idle.isZero() || age.compareTo(idle) < 0 ? age : idle;
    return Math.clamp(shorter.toNanos() / 4, 5_000_000L, 1_000_000_000L);
  }

  private void sweep() {
    long nowNanos = System.nanoTime();
    for (BlockingConnection connection : connections) {
      try {
        connection.checkDeadlines(nowNanos);
      } catch (RuntimeException | Error e) {
        // A task that throws is never run again, and no connection would meet its deadline.
        LOG.log(System.Logger.Level.ERROR, "the deadlines of " + connection, e);
      }
    }
  }

  /** A connection was accepted, and counted. */
  private void serve(SocketChannel channel, SocketAddress peer) {
    BlockingConnection connection = admit(channel, peer);
    if (connection == null) {
      return;
    }
    try {
      workers.servers().execute(connection);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // Stopped meanwhile; or the system gives no more threads, which the JDK reports as
      // OutOfMemoryError ("unable to create native thread").
      connections.remove(connection);
      Channels.closeQuietly(channel);
      serving.cancelOpen();
      serving.refused(peer, "no thread for it: " + e.getMessage());
    }
  }

  /** Null when the supplier of handlers failed. */
  private @Nullable BlockingConnection admit(SocketChannel channel, SocketAddress peer) {
    try {
      BlockingConnection connection =
          new BlockingConnection(this, serving, workers.others(), channel, peer);
      connections.add(connection);
      return connection;
    } catch (RuntimeException | Error e) {
      Channels.closeQuietly(channel);
      serving.cancelOpen();
      serving.handlerFailed(peer, e);
      return null;
    }
  }

  /** A connection has ended; its counts stay. */
  void ended(BlockingConnection connection) {
    if (connections.remove(connection)) {
      synchronized (ended) {
        ended.add(connection.counters());
      }
    }
    Acceptor accepting = acceptor;
    if (accepting != null) {
      accepting.resume();
    }
  }

  ScheduledExecutorService clock() {
    return clock;
  }

  @Override
  public void stopAccepting() {
    Acceptor accepting = acceptor;
    if (accepting != null) {
      accepting.stop();
    }
  }

  @Override
  public void drain() {
    connections.forEach(BlockingConnection::drain);
  }

  @Override
  public int openCount() {
    return serving.openCount();
  }

  @Override
  public long abort() {
    long lostBytes = 0;
    for (BlockingConnection connection : connections) {
      lostBytes += connection.outboxBytes();
      connection.cutOff();
    }
    long deadlineNanos = System.nanoTime() + ABORT_WAIT_NANOS;
    while (openCount() > 0 && deadlineNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(200_000);
    }
    return lostBytes;
  }

  @Override
  public void terminate() {
    endClock();
    if (!workers.terminate()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "threads of the server do not end: a handler keeps them; they are left behind");
    }
  }

  private void endClock() {
    clock.shutdownNow();
    try {
      boolean _ = clock.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isOnOwnThread() {
    return SERVING.isBound() && SERVING.get().equals(this);
  }

  @Override
  public ServerStats stats() {
    List<Counters> all = new ArrayList<>();
    synchronized (ended) {
      Counters past = new Counters();
      past.add(ended);
      all.add(past);
      connections.forEach(connection -> all.add(connection.counters()));
    }
    return Stats.of(serving, all);
  }

  @Override
  public List<Connection> connections() {
    return List.copyOf(connections);
  }

  @Override
  public List<Watched> watched() {
    return List.of();
  }
}
