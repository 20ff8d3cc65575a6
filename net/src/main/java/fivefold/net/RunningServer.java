package fivefold.net;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Takes one engine through the phases of its life. */
final class RunningServer implements Server {
  private static final long WATCH_EVERY_NANOS = 1_000_000;

  private final IoModel model;
  private final Engine engine;
  private final BindAddress.Bound bound;
  private final Probes probes;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable StopReport report;

  RunningServer(IoModel model, Engine engine, BindAddress.Bound bound, Probes probes) {
    this.model = model;
    this.engine = engine;
    this.bound = bound;
    this.probes = probes;
  }

  @Override
  public IoModel model() {
    return model;
  }

  @Override
  public SocketAddress address() {
    return bound.address();
  }

  @Override
  public ServerStats stats() {
    return engine.stats();
  }

  @Override
  public List<LoopStats> loops() {
    return engine.loops();
  }

  @Override
  public List<Connection> connections() {
    return engine.connections();
  }

  @Override
  public List<Watched> watched() {
    return engine.watched();
  }

  @Override
  public StopReport stop(Duration drain) {
    Checks.notNegative("drain time", drain);
    if (engine.isOnOwnThread()) {
      throw new IllegalStateException(
          "a handler cannot wait for the end of its own server; stop it from another thread, such as"
              + " Thread.startVirtualThread(server::close)");
    }
    return stopOnce(drain);
  }

  private synchronized StopReport stopOnce(Duration drain) {
    if (report != null) {
      return report;
    }
    long startNanos = System.nanoTime();
    bound.release().run();
    engine.stopAccepting();
    int open = engine.openCount();
    if (open > 0 && !drain.isZero()) {
      engine.drain();
      awaitNoneOpen(startNanos + drain.toNanos());
    }
    int left = engine.openCount();
    long lostBytes = left > 0 ? engine.abort() : 0;
    engine.terminate();
    report =
        new StopReport(Math.max(0, open - left), left, lostBytes, System.nanoTime() - startNanos);
    probes.stopped(this);
    closed.countDown();
    return report;
  }

  /**
   * Polled: draining ends once per server, and a notification would burden each close before it.
   */
  private void awaitNoneOpen(long deadlineNanos) {
    boolean interrupted = false;
    while (engine.openCount() > 0 && deadlineNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(WATCH_EVERY_NANOS);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop(DEFAULT_DRAIN);
  }

  @Override
  public void awaitClose() throws InterruptedException {
    closed.await();
  }
}
