package fivefold.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options of a UDP server; each has a safe default. Not thread-safe; {@link #start} may be
 * called again for another server.
 */
public final class DatagramServerBuilder {
  private final DatagramHandler handler;
  private BindAddress bind;
  private IoModel model = IoModel.VIRTUAL;
  private int loops = 1;
  private int workers = Math.max(8, 5 * Runtime.getRuntime().availableProcessors());
  private boolean reuseAddress;
  private int sendBufferBytes;
  private int receiveBufferBytes;
  private int datagramLimitBytes = 65_535;
  private @Nullable InetSocketAddress peer;
  private int replyBeyondBytes;
  private int batch = 64;
  private boolean receiveOffload;
  private boolean timestamps;
  private Duration stallLimit = StreamServerBuilder.DEFAULT_STALL_LIMIT;
  private final List<Probe> probes = new ArrayList<>();
  private ServerListener listener = ServerListener.logging();

  DatagramServerBuilder(int port, DatagramHandler handler) {
    this.bind = InetBind.loopback(port);
    this.handler = Objects.requireNonNull(handler);
  }

  /**
   * Listens on this address instead of loopback: a name, an address, {@code 0.0.0.0} or {@code ::}.
   */
  public DatagramServerBuilder host(String host) {
    bind = bind.withHost(host);
    return this;
  }

  /** How the server waits; default {@link IoModel#VIRTUAL}, which runs on every platform. */
  public DatagramServerBuilder model(IoModel wanted) {
    model = Objects.requireNonNull(wanted);
    return this;
  }

  /** Event loops; more than one share the port by SO_REUSEPORT. */
  public DatagramServerBuilder loops(int count) {
    loops = Checks.between("loops", count, 1, 1024);
    return this;
  }

  /** Threads of the models {@code pool} and {@code epoll+pool}. */
  public DatagramServerBuilder workers(int count) {
    workers = Checks.between("workers", count, 1, 100_000);
    return this;
  }

  /** SO_REUSEADDR; off by default: with UDP it would let two servers steal from one another. */
  public DatagramServerBuilder reuseAddress(boolean on) {
    reuseAddress = on;
    return this;
  }

  /** SO_SNDBUF; 0, the default, leaves it to the system. */
  public DatagramServerBuilder sendBufferBytes(int bytes) {
    sendBufferBytes = Checks.atLeast("send buffer in bytes", bytes, 0);
    return this;
  }

  /** SO_RCVBUF; 0, the default, leaves it to the system. */
  public DatagramServerBuilder receiveBufferBytes(int bytes) {
    receiveBufferBytes = Checks.atLeast("receive buffer in bytes", bytes, 0);
    return this;
  }

  /** What is longer arrives cut to this; 65,535 by default, the most UDP can carry. */
  public DatagramServerBuilder datagramLimitBytes(int bytes) {
    datagramLimitBytes = Checks.between("datagram limit in bytes", bytes, 1, 65_535);
    return this;
  }

  /**
   * Serves this peer alone: the socket is connected to it, so the kernel drops what others send,
   * and finds the way to it once instead of for each reply. Not together with several {@link
   * #loops}.
   */
  public DatagramServerBuilder peer(InetSocketAddress only) {
    if (only.isUnresolved()) {
      throw new IllegalArgumentException(
          "the peer " + only + " is not resolved; expected an address");
    }
    peer = only;
    return this;
  }

  /**
   * By how many bytes all replies to a datagram together may exceed it; 0 by default. A sender's
   * address is easily forged, so a server that answers much to little can be turned against others
   * (RFC 8085, section 5.2). Allowed in any case are 18 bytes, to which Ethernet fills up the
   * shortest datagram; each reply after the first counts 28 bytes more, for the headers of IP and
   * UDP. A reply that exceeds the limit is refused, and counted in {@link ServerStats#dropped()}.
   */
  public DatagramServerBuilder replyBeyondBytes(int bytes) {
    replyBeyondBytes = Checks.between("reply beyond in bytes", bytes, 0, 1 << 30);
    return this;
  }

  /**
   * How many datagrams a loop over the system's own sockets takes by one recvmmsg(2), and answers
   * by one sendmmsg(2): 64 by default, fewer when datagrams may be large; 1 for one by one. What
   * was answered leaves when all of them have been handled; replies of one size that follow one
   * another to the same peer leave as one message that the kernel cuts (UDP_SEGMENT), where it can.
   * The other models pay no heed to it.
   */
  public DatagramServerBuilder batch(int datagrams) {
    batch = Checks.between("batch", datagrams, 1, 1024);
    return this;
  }

  /**
   * Lets the kernel join datagrams of one size from one sender (UDP_GRO, Linux 5.0), which saves it
   * most of their cost; the handler gets them one by one all the same. Off by default: it takes up
   * to 4 MiB of buffers for each loop, and pays with few peers that send much. Heeded where {@link
   * #batch} is, and is more than 1.
   */
  public DatagramServerBuilder receiveOffload(boolean on) {
    receiveOffload = on;
    return this;
  }

  /**
   * Has the kernel note when each datagram came, for {@link DatagramPeer#receivedEpochNanos()}; off
   * by default. Done by the loops over the system's own sockets and by {@code io_uring}.
   */
  public DatagramServerBuilder timestamps(boolean on) {
    timestamps = on;
    return this;
  }

  /** Who hears of trouble; the system's log by default. */
  public DatagramServerBuilder listener(ServerListener wanted) {
    listener = new GuardedListener(Objects.requireNonNull(wanted));
    return this;
  }

  /** Who measures, beside the listener; may be called several times. None by default. */
  public DatagramServerBuilder probe(Probe wanted) {
    probes.add(Objects.requireNonNull(wanted));
    return this;
  }

  /**
   * Reports a loop that does not come round for so long, with the stack of what keeps it; 500 ms;
   * zero for never. Blocking models have no loops.
   */
  public DatagramServerBuilder stallLimit(Duration limit) {
    stallLimit = Checks.notNegative("stall limit", limit);
    return this;
  }

  /**
   * Listens and serves.
   *
   * @throws IllegalArgumentException when a {@link #peer} is given and several loops
   * @throws ModelUnavailableException when the model cannot run here, has no datagrams, or cannot
   *     take this handler
   * @throws IOException when the address cannot be bound; the message names it
   */
  public Server start() throws IOException {
    if (peer != null && loops > 1) {
      throw new IllegalArgumentException(
          "loops is " + loops + ", and one peer is served by one; leave out one of both");
    }
    EngineProvider provider = Engines.requireDatagrams(model);
    if (!model.sharesMemory()) {
      NamedHandlers.requireNamedForDatagrams(model, handler);
    }
    Probes heard = Probes.with(probes);
    DatagramOptions options =
        new DatagramOptions(
            bind.resolve(),
            peer,
            loops,
            workers,
            reuseAddress,
            sendBufferBytes,
            receiveBufferBytes,
            datagramLimitBytes,
            replyBeyondBytes,
            batch,
            receiveOffload,
            timestamps,
            heard.beside(listener),
            heard.stages());
    Engine engine =
        provider.datagram(model, options, model.sharesMemory() ? heard.around(handler) : handler);
    RunningServer server = new RunningServer(model, engine, bind.start(engine), heard);
    if (!stallLimit.isZero()) {
      engine.watchLoops(stallLimit);
    }
    heard.started(server);
    return server;
  }
}
