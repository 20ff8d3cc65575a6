package fivefold.net.blocking.process;

import fivefold.net.Connection;
import fivefold.net.DatagramOptions;
import fivefold.net.Engine;
import fivefold.net.NamedHandlers;
import fivefold.net.OutboxLimits;
import fivefold.net.ServerStats;
import fivefold.net.StreamOptions;
import fivefold.net.Watched;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Descriptors;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The driver of the model {@code process}, in the server's process. */
final class ProcessEngine implements Engine {
  private static final long END_NANOS = 2_000_000_000L;
  private static final long LOOK_EVERY_NANOS = 200_000;
  private static final int NONE = -1;

  private final NamedHandlers handlers;
  private final StreamServing serving;
  private final @Nullable DatagramOptions datagrams;
  private int listener = NONE;
  private @Nullable Pipes pipes;
  private @Nullable Staff staff;
  private @Nullable Staffing staffing;
  private @Nullable Supervisor supervisor;

  private ProcessEngine(
      StreamOptions options, NamedHandlers handlers, @Nullable DatagramOptions datagrams) {
    this.handlers = handlers;
    this.serving = new StreamServing(options, handlers);
    this.datagrams = datagrams;
  }

  static ProcessEngine streams(StreamOptions options, NamedHandlers handlers) {
    return new ProcessEngine(options, handlers, null);
  }

  /** One worker, started ahead as those of prefork are, that has the socket and receives. */
  static ProcessEngine datagrams(DatagramOptions options, NamedHandlers handlers) {
    StreamOptions ahead =
        new StreamOptions(
            options.address(),
            1,
            1,
            1,
            1,
            false,
            options.reuseAddress(),
            false,
            options.sendBufferBytes(),
            options.receiveBufferBytes(),
            1,
            0,
            Duration.ZERO,
            OutboxLimits.DEFAULT,
            options.listener(),
            null);
    return new ProcessEngine(ahead, handlers, options);
  }

  @Override
  public SocketAddress start() throws IOException {
    StreamOptions options = serving.options();
    NativeTransport transport = new NativeTransport();
    try {
      listener =
          datagrams != null
              ? transport.bindDatagram(options.address(), socketOptions(options))
              : transport.listen(options.address(), socketOptions(options));
      SocketAddress bound = transport.localAddress(listener);
      if (datagrams != null && datagrams.peer() != null) {
        transport.connectDatagram(listener, datagrams.peer());
      }
      Pipes opened = new Pipes();
      pipes = opened;
      Staff started = new Staff(serving, handlers, opened, datagrams);
      staff = started;
      staffing = staffing(started, options);
      supervisor = new Supervisor(started, staffing, opened, listener);
      supervisor.start();
      return bound;
    } catch (IOException | RuntimeException | Error e) {
      closeAll();
      throw e;
    }
  }

  private Staffing staffing(Staff started, StreamOptions options) {
    if (options.prefork() == 0) {
      return new OnDemand(serving, started, listener);
    }
    // Workers wait in accept, and the flag belongs to the open file that all share.
    Descriptors.setNonBlocking(listener, false);
    int workers = Math.min(options.prefork(), options.connectionLimit());
    return new Prefork(serving, started, listener, workers);
  }

  private static SocketOptions socketOptions(StreamOptions options) {
    return new SocketOptions(
        options.backlog(),
        options.noDelay(),
        options.reuseAddress(),
        options.reusePort(),
        options.sendBufferBytes(),
        options.receiveBufferBytes());
  }

  @Override
  public void stopAccepting() {
    Staffing now = staffing;
    if (now != null && supervisor != null) {
      supervisor.ask(() -> {
        now.stopAccepting();
        // For all processes that have it: theirs do not close with ours.
        Sockets.shutdown(listener, Sockets.SHUT_RDWR);
        Descriptors.close(listener);
        listener = NONE;
      });
    }
  }

  @Override
  public void drain() {
    forAll(WorkerProcess::terminate);
  }

  private void forAll(Consumer<WorkerProcess> action) {
    Staff all = staff;
    if (all != null && supervisor != null) {
      supervisor.ask(() -> all.workers().forEach(action));
    }
  }

  @Override
  public int openCount() {
    return serving.openCount();
  }

  @Override
  public long abort() {
    Staff all = staff;
    if (all == null) {
      return 0;
    }
    long lostBytes = all.connections().stream().mapToLong(Connection::outboxBytes).sum();
    all.cutOff();
    await(() -> openCount() == 0);
    return lostBytes;
  }

  @Override
  public void terminate() {
    Staff all = staff;
    if (all != null && supervisor != null) {
      forAll(WorkerProcess::terminateIdle);
      if (!await(() -> all.size() == 0)) {
        forAll(WorkerProcess::kill);
        await(() -> all.size() == 0);
      }
      supervisor.end();
    }
    closeAll();
  }

  private static boolean await(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + END_NANOS;
    while (!condition.getAsBoolean()) {
      if (deadlineNanos - System.nanoTime() <= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
    return true;
  }

  private void closeAll() {
    if (listener != NONE) {
      Descriptors.close(listener);
      listener = NONE;
    }
    Pipes open = pipes;
    if (open != null) {
      open.close();
      pipes = null;
    }
  }

  /** Listeners are called on the supervisor's thread. */
  @Override
  public boolean isOnOwnThread() {
    return supervisor != null && supervisor.isOnOwnThread();
  }

  @Override
  public ServerStats stats() {
    Staff all = staff;
    return (all == null ? Tally.NONE : all.tally()).stats(serving);
  }

  @Override
  public List<Connection> connections() {
    Staff all = staff;
    return all == null ? List.of() : List.copyOf(all.connections());
  }

  @Override
  public List<Watched> watched() {
    return List.of();
  }
}
