package fivefold.net.asynchronous;

import fivefold.net.Connection;
import fivefold.net.Engine;
import fivefold.net.ServerStats;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.Watched;
import fivefold.net.loop.Stats;
import fivefold.net.loop.StreamServing;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The driver of NIO.2's asynchronous channels. The interface is completion; underneath the JDK has
 * its own threads wait in epoll on Linux and kqueue on macOS, and only on Windows does the kernel
 * complete (I/O completion ports).
 */
final class AioEngine implements Engine {
  private static final long ABORT_WAIT_NANOS = 2_000_000_000L;

  private final StreamServing serving;
  private final SpareBuffers spares = new SpareBuffers();
  private final Set<AioConnection> connections = ConcurrentHashMap.newKeySet();
  private @Nullable AioThreads threads;
  private @Nullable AioListener listener;

  AioEngine(StreamOptions options, Supplier<? extends StreamHandler> handlers) {
    this.serving = new StreamServing(options, handlers);
  }

  @Override
  public SocketAddress start() throws IOException {
    StreamOptions options = serving.options();
    AioThreads started = new AioThreads(options.loops());
    try {
      AsynchronousServerSocketChannel channel =
          AsynchronousServerSocketChannel.open(started.group());
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
      if (options.reusePort()) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      if (options.receiveBufferBytes() > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferBytes());
      }
      channel.bind(options.address(), options.backlog());
      threads = started;
      listener =
          new AioListener(channel, serving, (accepted, peer) -> adopt(started, accepted, peer));
      started.startAccepting(listener);
      return channel.getLocalAddress();
    } catch (IOException | RuntimeException e) {
      started.terminate();
      throw e;
    }
  }

  private void adopt(AioThreads on, AsynchronousSocketChannel channel, SocketAddress peer) {
    AioConnection connection;
    try {
      connection =
          new AioConnection(serving, new AioStrand(on), channel, peer, spares, this::finished);
    } catch (RuntimeException | Error e) {
      // The supplier of handlers failed.
      AioListener.closeQuietly(channel);
      serving.cancelOpen();
      serving.handlerFailed(peer, e);
      return;
    }
    connections.add(connection);
    connection.open();
  }

  private void finished(AioConnection connection) {
    connections.remove(connection);
    AioListener accepting = listener;
    if (accepting != null) {
      accepting.maybeRoom();
    }
  }

  @Override
  public void stopAccepting() {
    AioListener accepting = listener;
    if (accepting != null) {
      accepting.close();
    }
  }

  @Override
  public void drain() {
    connections.forEach(AioConnection::drain);
  }

  @Override
  public int openCount() {
    return serving.openCount();
  }

  @Override
  public long abort() {
    LongAdder lostBytes = new LongAdder();
    for (AioConnection connection : connections) {
      lostBytes.add(connection.outboxBytes());
      connection.cutOff();
    }
    long deadlineNanos = System.nanoTime() + ABORT_WAIT_NANOS;
    while (openCount() > 0 && deadlineNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(200_000);
    }
    return lostBytes.sum();
  }

  @Override
  public void terminate() {
    stopAccepting();
    AioThreads running = threads;
    if (running != null) {
      running.terminate();
    }
  }

  @Override
  public boolean isOnOwnThread() {
    AioThreads running = threads;
    return running != null && running.isOnOwnThread();
  }

  @Override
  public ServerStats stats() {
    AioThreads running = threads;
    return Stats.of(serving, running == null ? List.of() : running.counters());
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
