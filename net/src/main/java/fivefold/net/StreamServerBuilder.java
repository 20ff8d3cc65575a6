package fivefold.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The options of a TCP server, or of one on a Unix socket; each has a safe default. Not
 * thread-safe; {@link #start} may be called again for another server.
 */
public final class StreamServerBuilder {
  /** Longer than any turn should take, and short enough to be noticed before a peer complains. */
  static final Duration DEFAULT_STALL_LIMIT = Duration.ofMillis(500);

  private final Supplier<? extends StreamHandler> handlers;
  private BindAddress bind;
  private IoModel model = IoModel.VIRTUAL;
  private int loops = 1;
  private int workers = Math.max(8, 5 * Runtime.getRuntime().availableProcessors());
  private int prefork;
  private int backlog = 4096;
  private boolean noDelay = true;
  private boolean reuseAddress = true;
  private boolean reusePort;
  private int sendBufferBytes;
  private int receiveBufferBytes;
  private int connectionLimit = 100_000;
  private int connectionsWanted;
  private Duration idleTimeout = Duration.ofMinutes(10);
  private OutboxLimits outbox = OutboxLimits.DEFAULT;
  private @Nullable StreamLayer layer;
  private Duration stallLimit = DEFAULT_STALL_LIMIT;
  private final List<Probe> probes = new ArrayList<>();
  private ServerListener listener = ServerListener.logging();

  StreamServerBuilder(int port, Supplier<? extends StreamHandler> handlers) {
    this(InetBind.loopback(port), handlers);
  }

  StreamServerBuilder(BindAddress bind, Supplier<? extends StreamHandler> handlers) {
    this.bind = bind;
    this.handlers = Objects.requireNonNull(handlers);
  }

  /**
   * Listens on this address instead of loopback: a name, an address, {@code 0.0.0.0} or {@code ::}.
   *
   * @throws IllegalArgumentException for a Unix socket
   */
  public StreamServerBuilder host(String host) {
    bind = bind.withHost(host);
    return this;
  }

  /**
   * Who may connect to a Unix socket: the permissions of its file, of which connect(2) asks for
   * writing. By default {@code rw-------}, its owner alone; the umask has no say.
   *
   * <pre>{@code
   * builder.permissions(PosixFilePermissions.fromString("rw-rw----"))
   * }</pre>
   *
   * @throws IllegalArgumentException when there is no file: for TCP, and for an abstract name
   */
  public StreamServerBuilder permissions(Set<PosixFilePermission> wanted) {
    if (!(bind instanceof UnixBind unix)) {
      throw new IllegalArgumentException("a TCP server has no file, and so no permissions");
    }
    bind = unix.withPermissions(wanted);
    return this;
  }

  /** How the server waits; default {@link IoModel#VIRTUAL}, which runs on every platform. */
  public StreamServerBuilder model(IoModel wanted) {
    model = Objects.requireNonNull(wanted);
    return this;
  }

  /** Event loops, each on a thread of its own; 1 by default. Blocking models have none. */
  public StreamServerBuilder loops(int count) {
    loops = Checks.between("loops", count, 1, 1024);
    return this;
  }

  /**
   * Threads of the models {@code pool} and {@code epoll+pool}, and processes at once of {@code
   * process}; five for each processor by default, at least 8. Connections beyond wait for one to
   * end.
   */
  public StreamServerBuilder workers(int count) {
    workers = Checks.between("workers", count, 1, 100_000);
    return this;
  }

  /**
   * Processes of the model {@code process} that are started ahead and accept by themselves, one
   * connection at a time; 0, the default, starts one when a connection has come.
   */
  public StreamServerBuilder prefork(int processes) {
    prefork = Checks.between("prefork", processes, 0, 1000);
    return this;
  }

  /** Connections the kernel keeps until they are accepted; cut at {@code net.core.somaxconn}. */
  public StreamServerBuilder backlog(int connections) {
    backlog = Checks.atLeast("backlog", connections, 1);
    return this;
  }

  /** TCP_NODELAY, on by default: answers are not held back for more (RFC 896). */
  public StreamServerBuilder noDelay(boolean on) {
    noDelay = on;
    return this;
  }

  /** SO_REUSEADDR, on by default: a restart need not wait for TIME_WAIT to pass. */
  public StreamServerBuilder reuseAddress(boolean on) {
    reuseAddress = on;
    return this;
  }

  /**
   * SO_REUSEPORT: each loop gets a listening socket of its own, and the kernel shares out. Not for
   * Unix sockets.
   */
  public StreamServerBuilder reusePort(boolean on) {
    reusePort = on;
    return this;
  }

  /** SO_SNDBUF; 0, the default, leaves it to the system's tuning. */
  public StreamServerBuilder sendBufferBytes(int bytes) {
    sendBufferBytes = Checks.atLeast("send buffer in bytes", bytes, 0);
    return this;
  }

  /** SO_RCVBUF; 0, the default, leaves it to the system's tuning. */
  public StreamServerBuilder receiveBufferBytes(int bytes) {
    receiveBufferBytes = Checks.atLeast("receive buffer in bytes", bytes, 0);
    return this;
  }

  /**
   * Connections beyond this many are closed at once, and counted as refused; default 100,000.
   *
   * <p>On {@code io_uring} a limit given here that is above the process's limit of open descriptors
   * (RLIMIT_NOFILE) can be reached all the same: it keeps them on direct descriptors then, which do
   * not count (Linux 6.8).
   */
  public StreamServerBuilder connectionLimit(int connections) {
    connectionLimit = Checks.atLeast("connection limit", connections, 1);
    connectionsWanted = connections;
    return this;
  }

  /** Closes a connection on which nothing moved for so long; 10 minutes; zero for never. */
  public StreamServerBuilder idleTimeout(Duration timeout) {
    idleTimeout = Checks.notNegative("idle timeout", timeout);
    return this;
  }

  /** What may wait for a peer that reads slowly, and what happens beyond. */
  public StreamServerBuilder outbox(OutboxLimits limits) {
    outbox = Objects.requireNonNull(limits);
    return this;
  }

  /** What stands between the sockets and the handlers, such as TLS; nothing by default. */
  public StreamServerBuilder layer(StreamLayer wanted) {
    layer = Objects.requireNonNull(wanted);
    return this;
  }

  /** Who hears of trouble; the system's log by default. */
  public StreamServerBuilder listener(ServerListener wanted) {
    listener = new GuardedListener(Objects.requireNonNull(wanted));
    return this;
  }

  /** Who measures, beside the listener; may be called several times. None by default. */
  public StreamServerBuilder probe(Probe wanted) {
    probes.add(Objects.requireNonNull(wanted));
    return this;
  }

  /**
   * Reports a loop that does not come round for so long, with the stack of what keeps it; 500 ms;
   * zero for never. Blocking models have no loops.
   */
  public StreamServerBuilder stallLimit(Duration limit) {
    stallLimit = Checks.notNegative("stall limit", limit);
    return this;
  }

  /**
   * Listens and serves.
   *
   * @throws ModelUnavailableException when the model cannot run here, or not with these handlers
   * @throws IOException when the address cannot be bound; the message names it
   * @throws IllegalArgumentException when a layer meets an outbox policy that drops messages, or a
   *     Unix socket {@link #reusePort}
   */
  public Server start() throws IOException {
    Probes heard = Probes.with(probes);
    Supplier<? extends StreamHandler> layered = layered(heard);
    EngineProvider provider = Engines.require(model);
    if (bind instanceof UnixBind unix) {
      unix.requireServed(model);
      if (reusePort) {
        throw new IllegalArgumentException(
            unix + " cannot be shared by SO_REUSEPORT, which is for ports; leave it out");
      }
    }
    if (!model.sharesMemory()) {
      NamedHandlers.requireNamed(model, handlers);
    }
    SocketAddress address = bind.resolve();
    StreamOptions options =
        new StreamOptions(
            address,
            loops,
            workers,
            prefork,
            backlog,
            noDelay,
            reuseAddress,
            reusePort,
            sendBufferBytes,
            receiveBufferBytes,
            connectionLimit,
            connectionsWanted,
            idleTimeout,
            outbox,
            heard.beside(listener),
            heard.stages());
    Engine engine = provider.stream(model, options, layered);
    RunningServer server = new RunningServer(model, engine, bind.start(engine), heard);
    if (!stallLimit.isZero()) {
      engine.watchLoops(stallLimit);
    }
    heard.started(server);
    return server;
  }

  private Supplier<? extends StreamHandler> layered(Probes heard) {
    StreamLayer around = layer;
    if (around == null) {
      return model.sharesMemory() ? heard.around(handlers) : handlers;
    }
    if (!model.sharesMemory()) {
      throw new IllegalArgumentException(
          "the model "
              + model
              + " serves in other processes, and a layer such as TLS is an object of this one;"
              + " choose another model");
    }
    if (outbox.policy() != SlowConsumerPolicy.DISCONNECT) {
      throw new IllegalArgumentException(
          "the outbox policy "
              + outbox.policy()
              + " does not go with a layer such as TLS, whose bytes mean something only as a"
              + " whole; expected DISCONNECT");
    }
    // Observed inside the layer: what counts is the handler's own time.
    Supplier<? extends StreamHandler> observed = heard.around(handlers);
    return () -> around.around(observed.get());
  }
}
