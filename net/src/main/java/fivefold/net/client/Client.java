package fivefold.net.client;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import fivefold.net.StreamLayer;
import fivefold.net.StreamOptions;
import fivefold.net.loop.Connector;
import fivefold.net.loop.SocketOptions;
import fivefold.net.style.Conversation;
import fivefold.net.style.DetachedConversation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a server, in either style.
 *
 * <pre>{@code
 * try (Conversation server = Client.connect("localhost", 7008)) {     // waits; from any thread
 *   server.writeLine("hello");
 *   System.out.println(server.readLine());
 * }
 *
 * CompletableFuture<Connection> opened =                              // does not wait
 *     Client.to("localhost", 7008).connectTimeout(Duration.ofSeconds(2)).connect(new MyHandler());
 * }</pre>
 *
 * <p>A name with several addresses is tried as RFC 8305 ("happy eyeballs") says: IPv6 and IPv4 in
 * turns, the next one 250 ms after the one before or as soon as that has failed; the first that
 * answers is taken. One loop for each model, on a daemon thread, serves all clients of the JVM; the
 * handlers' contract holds there as in a server.
 *
 * <p>Set up by one thread; then {@code connect} may be called from any, again and again.
 */
public final class Client {
  private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final @Nullable String host;
  private final int port;
  private final @Nullable SocketAddress address;
  private @Nullable IoModel model;
  private @Nullable Connector own;
  private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
  private Duration idleTimeout = Duration.ZERO;
  private OutboxLimits outbox = OutboxLimits.DEFAULT;
  private @Nullable StreamLayer layer;
  private ServerListener listener = ServerListener.logging();

  private Client(@Nullable String host, int port, @Nullable SocketAddress address) {
    this.host = host;
    this.port = port;
    this.address = address;
  }

  /** A client of the server at this port of a name or an address. */
  public static Client to(String host, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + "; expected 1 to 65535");
    }
    return new Client(Objects.requireNonNull(host), port, null);
  }

  /** A client of the server at this address. */
  public static Client to(SocketAddress address) {
    return new Client(null, 0, Objects.requireNonNull(address));
  }

  /** Connects and waits until it is done, with the options' defaults. */
  public static Conversation connect(String host, int port) throws IOException {
    return to(host, port).connect();
  }

  /** Connects without waiting, with the options' defaults. */
  public static CompletableFuture<Connection> connect(
      String host, int port, StreamHandler handler) {
    return to(host, port).connect(handler);
  }

  /** How its loop waits: a model with a poller; by default the best of this machine. */
  public Client model(IoModel wanted) {
    model = Objects.requireNonNull(wanted);
    return this;
  }

  /**
   * Serves it on a loop of the caller's own, in place of the shared one of {@link #model}.
   *
   * <pre>{@code
   * PollerFactory pollers = PollerFactory.best();
   * try (EventLoop loop = EventLoop.over(pollers.open())) {
   *   loop.add(new Keyboard());
   *   Client.to("localhost", 9999).on(Connector.on(loop, pollers.transport())).connect(new Talk());
   *   loop.run();                                 // the keyboard and the network, on this thread
   * }
   * }</pre>
   */
  public Client on(Connector wanted) {
    own = Objects.requireNonNull(wanted);
    return this;
  }

  /** How long connecting may take, with finding the address of the name; 10 seconds. */
  public Client connectTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("connect timeout " + timeout + "; expected more than 0");
    }
    connectTimeout = timeout;
    return this;
  }

  /** Closes a connection on which nothing moved for so long; never, by default. */
  public Client idleTimeout(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("idle timeout " + timeout + "; expected 0 or more");
    }
    idleTimeout = timeout;
    return this;
  }

  /** What may wait for a server that reads slowly, and what happens beyond. */
  public Client outbox(OutboxLimits limits) {
    outbox = Objects.requireNonNull(limits);
    return this;
  }

  /** What stands between the socket and the handler, such as TLS; nothing, by default. */
  public Client layer(StreamLayer wanted) {
    layer = Objects.requireNonNull(wanted);
    return this;
  }

  /** Who hears of trouble in handlers; the system's log by default. */
  public Client listener(ServerListener wanted) {
    listener = Objects.requireNonNull(wanted);
    return this;
  }

  /**
   * Connects and waits until it is done; from any thread, also inside a conversation, which does
   * not hold up its loop. One thread at a time may use what it returns.
   *
   * @throws IOException when no address answers in time; the message tells of each
   */
  public Conversation connect() throws IOException {
    DetachedConversation opened = Conversation.detached();
    CompletableFuture<Connection> connecting = connect(opened.handler());
    try {
      connecting.get();
      return opened.conversation();
    } catch (InterruptedException e) {
      connecting.cancel(false);
      throw new InterruptedIOException("interrupted while connecting to " + this);
    } catch (ExecutionException e) {
      // A new one, whose stack tells who has called.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(String.valueOf(cause.getMessage()), cause);
    }
  }

  /**
   * Connects without waiting.
   *
   * @return the connection, when the handler's {@code onOpen} has been called; or an {@link
   *     IOException}. Cancelling it gives up
   */
  public CompletableFuture<Connection> connect(StreamHandler handler) {
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    Connector connector;
    try {
      connector = own == null ? Connectors.of(model) : own;
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    Race race =
        new Race(
            connector, this::options, SocketOptions.forClient(), layered(handler), opened, this);
    race.limit(connectTimeout);
    if (address != null) {
      race.run(List.of(address));
    } else {
      Names.resolve(Objects.requireNonNull(host), port, race);
    }
    return opened;
  }

  private StreamHandler layered(StreamHandler handler) {
    return layer == null ? handler : layer.around(handler);
  }

  private StreamOptions options(SocketAddress to) {
    return new StreamOptions(
        to, 1, 1, 0, 0, true, false, false, 0, 0, 1, 0, idleTimeout, outbox, listener, null);
  }

  @Override
  public String toString() {
    return address == null
        ? host + ":" + port
        : address instanceof InetSocketAddress inet
            ? inet.getHostString() + ":" + inet.getPort()
            : address.toString();
  }
}
