package fivefold.cluster;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The connection to NATS. It comes back by itself; nothing is queued in it meanwhile, since those
 * who use it know better what is to be sent again.
 */
final class Broker implements AutoCloseable {
  /** An entry of the stream has at most half of it and one message more. */
  private static final int LEAST_PAYLOAD_BYTES = 512 << 10;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(2);
  private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);
  private static final Duration RECONNECT_JITTER = Duration.ofMillis(100);

  /** A broker that hangs is given up after three of these. */
  private static final Duration PING_EVERY = Duration.ofSeconds(3);

  private static final int PINGS_UNANSWERED = 2;

  private static final System.Logger LOG = System.getLogger("fivefold.cluster");

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("fivefold-nats-", 0).factory());
  private final List<Runnable> whenBack = new CopyOnWriteArrayList<>();
  private final Quiet quiet = new Quiet();
  private final AtomicBoolean away = new AtomicBoolean(true);
  private final String place;
  private final Connection connection;
  private final JetStream stream;
  private final JetStreamManagement management;

  /**
   * Connects.
   *
   * @throws IOException when that cannot be; the message says what to do
   */
  Broker(BrokerOptions options, String node) throws IOException {
    place = options.place();
    connection = connect(build(options, node));
    try {
      stream = connection.jetStream();
      management = connection.jetStreamManagement();
      var _ = management.getAccountStatistics();
    } catch (JetStreamApiException | IOException e) {
      close();
      throw failed("has no JetStream for us; start it with 'nats-server --jetstream'", e);
    }
    if (connection.getMaxPayload() < LEAST_PAYLOAD_BYTES) {
      close();
      throw new IOException(
          "the broker at "
              + place
              + " takes "
              + connection.getMaxPayload()
              + " bytes at once; set its max_payload to at least "
              + LEAST_PAYLOAD_BYTES);
    }
    away.set(false);
  }

  private Connection connect(Options options) throws IOException {
    try {
      return Nats.connect(options);
    } catch (AuthenticationException e) {
      throw failed("refuses these credentials; give a user, a token or a credentials file", e);
    } catch (IOException e) {
      throw failed("cannot be reached; start nats-server there, or leave out --cluster", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was not reached in time", e);
    }
  }

  private IOException failed(String what, Exception e) {
    threads.shutdownNow();
    Exception last = quiet.last;
    String why = last == null || last.getMessage() == null ? "" : "; " + last.getMessage();
    return new IOException(
        "the broker at " + place + " " + what + " (" + e.getMessage() + why + ")", e);
  }

  private Options build(BrokerOptions options, String node) throws IOException {
    Options.Builder builder =
        new Options.Builder()
            .servers(options.urls().toArray(String[]::new))
            .connectionName("fivefold-chat-" + node)
            .connectionTimeout(PATIENCE)
            .maxReconnects(-1)
            .reconnectWait(RECONNECT_WAIT)
            .reconnectJitter(RECONNECT_JITTER)
            .reconnectJitterTls(RECONNECT_JITTER)
            .reconnectBufferSize(0)
            .pingInterval(PING_EVERY)
            .maxPingsOut(PINGS_UNANSWERED)
            .executor(threads)
            .errorListener(quiet)
            .connectionListener(new Listening());
    if (options.isTls()) {
      // The other ways make addresses of names first: no certificate is for an address.
      builder
          .sslContext(BrokerTls.context(options))
          .hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs);
    }
    if (options.user() != null && options.password() != null) {
      builder.userInfo(options.user(), options.password());
    }
    if (options.token() != null) {
      builder.token(options.token().toCharArray());
    }
    if (options.credentials() != null) {
      builder.authHandler(new CredentialsFile(options.credentials()));
    }
    return builder.build();
  }

  /** Runs it whenever the connection has come back, on a thread of the connection. */
  void whenBack(Runnable task) {
    whenBack.add(task);
  }

  boolean isConnected() {
    return connection.getStatus() == Connection.Status.CONNECTED;
  }

  Connection connection() {
    return connection;
  }

  JetStream stream() {
    return stream;
  }

  JetStreamManagement management() {
    return management;
  }

  String place() {
    return place;
  }

  static Duration requestPatience() {
    return REQUEST_PATIENCE;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }

  private final class Listening implements ConnectionListener {
    @Override
    @SuppressWarnings("deprecation") // the method that replaces it calls it, and has to be there
    public void connectionEvent(Connection of, Events event) {
      switch (event) {
        // It comes again with each attempt that fails.
        case DISCONNECTED -> {
          if (!away.getAndSet(true)) {
            LOG.log(Level.WARNING, "the broker at " + place + " is lost");
          }
        }
        case RECONNECTED -> {
          away.set(false);
          LOG.log(Level.INFO, "the broker is back: " + of.getConnectedUrl());
        }
        // Not before the subscriptions stand again would an answer reach us.
        case RESUBSCRIBED -> whenBack.forEach(Runnable::run);
        default -> {}
      }
    }
  }

  /** What goes wrong is seen by those who wait for it; the connection need not shout. */
  private static final class Quiet implements ErrorListener {
    /** What a failure to connect does not say itself. */
    volatile @Nullable Exception last;

    @Override
    public void errorOccurred(Connection of, String error) {
      LOG.log(Level.DEBUG, "from the broker: " + error);
    }

    @Override
    public void exceptionOccurred(Connection of, Exception error) {
      last = error;
      LOG.log(Level.DEBUG, "from the broker", error);
    }
  }
}
