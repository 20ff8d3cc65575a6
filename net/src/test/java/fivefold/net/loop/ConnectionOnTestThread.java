package fivefold.net.loop;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.OutboxLimits;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.fixture.ManualClock;
import fivefold.net.fixture.TcpPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * One connection on a real socket and a real poller, turned by the test's own thread, by a clock
 * that stands still: what happens here happens without the help of a timer.
 */
final class ConnectionOnTestThread implements AutoCloseable {
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  final ManualClock clock = new ManualClock();
  final EventLoop loop;
  final TcpPair pair;
  final StreamServing serving;
  final ReadinessConnection connection;
  volatile CloseReason closed;

  private final ByteBuffer received = ByteBuffer.allocateDirect(256 * 1024);

  ConnectionOnTestThread(PollerFactory pollers, OutboxLimits outbox, StreamHandler handler)
      throws IOException {
    this(pollers, outbox, Duration.ofMinutes(10), handler);
  }

  ConnectionOnTestThread(
      PollerFactory pollers, OutboxLimits outbox, Duration idleTimeout, StreamHandler handler)
      throws IOException {
    Transport transport = pollers.transport();
    pair = new TcpPair(transport);
    loop = EventLoop.over(pollers.open(), clock);
    serving = new StreamServing(options(outbox, idleTimeout), () -> new Watching(handler));
    serving.tryOpen();
    connection =
        new ReadinessConnection(
            serving,
            transport,
            loop,
            pair.near(),
            RemoteAddress.of(pair.farAddress()),
            loop.poller().isEdgeTriggered(),
            gone -> pair.giveNearAway());
    loop.execute(connection::open);
    loop.turn(0);
  }

  static StreamOptions options(OutboxLimits outbox, Duration idleTimeout) {
    return new StreamOptions(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        1,
        1,
        0,
        16,
        true,
        true,
        false,
        0,
        0,
        100,
        0,
        idleTimeout,
        outbox,
        new ServerListener() {},
        null);
  }

  /** Turns the loop until the condition holds; false when it does not come to that. */
  boolean turnsUntil(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadlineNanos > 0) {
        return false;
      }
      loop.turn(1_000_000);
    }
    return true;
  }

  /** What the far end has to read now, dropped; the count, 0 at the end, or a negative errno. */
  int readFar() {
    return pair.receiveFar(received.clear());
  }

  @Override
  public void close() {
    if (closed == null) {
      connection.abort();
      loop.turn(0);
    }
    loop.close();
    pair.close();
  }

  /** Notes the end. */
  private final class Watching implements StreamHandler {
    private final StreamHandler handler;

    Watching(StreamHandler handler) {
      this.handler = handler;
    }

    @Override
    public void onOpen(Connection opened) throws Exception {
      handler.onOpen(opened);
    }

    @Override
    public void onReceive(Connection from, ByteBuffer data) throws Exception {
      handler.onReceive(from, data);
    }

    @Override
    public void onEnd(Connection ended) throws Exception {
      handler.onEnd(ended);
    }

    @Override
    public void onWritable(Connection writable) throws Exception {
      handler.onWritable(writable);
    }

    @Override
    public void onClose(Connection gone, CloseReason reason) throws Exception {
      closed = reason;
      handler.onClose(gone, reason);
    }
  }
}
