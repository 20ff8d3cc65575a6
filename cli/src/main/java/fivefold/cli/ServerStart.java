package fivefold.cli;

import fivefold.metrics.PrometheusPage;
import fivefold.metrics.ServerMeters;
import fivefold.net.DatagramServerBuilder;
import fivefold.net.IoModel;
import fivefold.net.ModelChoice;
import fivefold.net.Probe;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.net.StreamServerBuilder;
import fivefold.services.Service;
import fivefold.services.Transport;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns flags into a running server. */
final class ServerStart {
  private final Service service;
  private final ListenFlags listen;
  private final StreamFlags stream;
  private final TlsFlags tls;
  private final MetricsFlags metrics;
  private final Transport transport;
  private final ModelChoice choice;

  /** Reads the flags; that a required model is not available is known here. */
  ServerStart(
      Service service, ListenFlags listen, StreamFlags stream, TlsFlags tls, MetricsFlags metrics)
      throws IOException {
    this.service = service;
    this.listen = listen;
    this.stream = stream;
    this.tls = tls;
    this.metrics = metrics;
    this.transport = listen.transport(service.defaultTransport());
    if (!service.transports().contains(transport)) {
      throw new UsageException(
          "the service "
              + service.name()
              + " is for connections, not for datagrams; leave out --udp");
    }
    this.choice = ModelRequest.of(listen.model, listen.require);
  }

  ModelChoice choice() {
    return choice;
  }

  /**
   * What is to be served. What cannot run on the model is not opened: the model's own check says
   * why.
   */
  Serving serving(ChatFlags chat, ClusterFlags cluster, WebFlags web) throws IOException {
    boolean isPlain = chat.isEmpty() && cluster.isEmpty() && web.isEmpty();
    if (!service.name().equals("chat") && !isPlain) {
      throw new UsageException(
          "--history..., --quiet-after, --connections-per-address, --rate, --password...,"
              + " --cluster... and --web... are for the service chat; leave them out");
    }
    try {
      Supplier<? extends StreamHandler> handlers =
          service.named(stream.style(service.defaultStyle()));
      if (!choice.model().sharesMemory()) {
        return () -> handlers;
      }
      return switch (service.name()) {
        case "chat" -> chatServing(chat, cluster, web);
        case "operator" -> OperatorServing.open();
        default -> () -> handlers;
      };
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private Serving chatServing(ChatFlags chat, ClusterFlags cluster, WebFlags web)
      throws IOException {
    if (cluster.isWanted()) {
      return ClusterServing.open(chat.sharedOptions(), cluster, web);
    }
    if (!cluster.isEmpty()) {
      throw new UsageException("--cluster-... says how, and nothing says where; add --cluster URL");
    }
    return ChatServing.open(chat.options(listen.unix == null ? port() : 0), web);
  }

  /**
   * Listens.
   *
   * @param page shows what is measured; null for nobody
   * @param probes hear of what the server does
   */
  Server start(Serving serving, @Nullable PrometheusPage page, List<Probe> probes)
      throws IOException {
    try {
      return transport == Transport.TCP ? startTcp(serving, page, probes) : startUdp(page, probes);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  /** Listens on the second port, if the service has one; else null. */
  @Nullable Server startBeside(Serving serving, @Nullable PrometheusPage page, List<Probe> probes)
      throws IOException {
    Beside beside = serving.beside().orElse(null);
    if (beside == null) {
      return null;
    }
    try {
      return start(
          Server.tcp(beside.port(), beside.handlers()).host(host()), beside.name(), page, probes);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  /** The one line that says it listens; programs read it, so its form stays. */
  String line(Server server) {
    return line(service.name(), server);
  }

  String line(String name, Server server) {
    return name
        + ": listening on "
        + (server.address() instanceof InetSocketAddress ? transport.word() + " " : "")
        + AddressText.of(server.address())
        + ", model "
        + server.model()
        + (hasLoops(server.model()) ? ", " + listen.loops + " loops" : "")
        + (tls.isEmpty() ? "" : ", TLS")
        + (listen.prefork != null ? ", " + listen.prefork + " processes" : "");
  }

  /** Worth a word; blocking models have none, however many were asked for. */
  private boolean hasLoops(IoModel model) {
    return listen.loops > 1 && model.family() != IoModel.Family.BLOCKING;
  }

  private Server startTcp(Serving serving, @Nullable PrometheusPage page, List<Probe> probes)
      throws IOException {
    return start(bound(serving.handlers()), service.name(), page, probes);
  }

  private Server start(
      StreamServerBuilder bound, String name, @Nullable PrometheusPage page, List<Probe> probes)
      throws IOException {
    StreamServerBuilder builder = tcp(bound);
    if (metrics.stallLimit != null) {
      builder.stallLimit(metrics.stallLimit);
    }
    if (page != null) {
      builder.probe(new ServerMeters(page.registry(), tags(name)));
    }
    probes.forEach(builder::probe);
    return builder.start();
  }

  private Server startUdp(@Nullable PrometheusPage page, List<Probe> probes) throws IOException {
    DatagramServerBuilder builder = udp();
    if (metrics.stallLimit != null) {
      builder.stallLimit(metrics.stallLimit);
    }
    if (page != null) {
      builder.probe(new ServerMeters(page.registry(), tags(service.name())));
    }
    probes.forEach(builder::probe);
    return builder.start();
  }

  private Tags tags(String name) {
    return Tags.of("service", name, "model", choice.model().word());
  }

  private StreamServerBuilder tcp(StreamServerBuilder bound) throws IOException {
    try {
      StreamServerBuilder builder = bound.model(choice.model()).loops(listen.loops);
      if (listen.workers != null) {
        builder.workers(listen.workers);
      }
      if (listen.prefork != null) {
        builder.prefork(prefork());
      }
      stream.applyTo(builder);
      tls.applyTo(builder);
      return builder;
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private StreamServerBuilder bound(Supplier<? extends StreamHandler> handlers) {
    if (listen.unix == null) {
      return Server.tcp(port(), handlers).host(host());
    }
    StreamServerBuilder builder = Server.unix(listen.unix, handlers);
    if (listen.unixMode != null) {
      builder.permissions(listen.unixMode.set());
    }
    return builder;
  }

  private DatagramServerBuilder udp() {
    if (!tls.isEmpty()) {
      throw new UsageException(
          "--tls-... is for connections, and this serves datagrams; leave it out or add --tcp");
    }
    if (!stream.isEmpty()) {
      throw new UsageException(
          "--style, --idle-timeout, --connections-max, --backlog, --outbox-... and --slow-consumer"
              + " are for connections, and this serves datagrams; leave them out or add --tcp");
    }
    if (listen.prefork != null) {
      throw new UsageException(
          "--prefork is for connections, and this serves datagrams, all by one process on the"
              + " model process; leave it out or add --tcp");
    }
    try {
      DatagramServerBuilder builder =
          Server.udp(port(), service.named())
              .host(host())
              .model(choice.model())
              .loops(listen.loops)
              .replyBeyondBytes(service.replyBeyondBytes());
      if (listen.workers != null) {
        builder.workers(listen.workers);
      }
      return builder;
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private int prefork() {
    if (choice.model() != IoModel.PROCESS) {
      throw new UsageException(
          "--prefork starts processes ahead, and model "
              + choice.model()
              + " serves in one; leave it out or add --model process");
    }
    int processes = listen.prefork == null ? 0 : listen.prefork;
    if (processes < 1) {
      throw new UsageException("--prefork is " + processes + "; expected at least 1");
    }
    return processes;
  }

  private String host() {
    return listen.host == null ? service.defaultHost() : listen.host;
  }

  private int port() {
    return listen.port == null ? service.defaultPort() : listen.port;
  }
}
