package fivefold.cli;

import fivefold.cli.console.Console;
import fivefold.cli.console.Terminals;
import fivefold.cli.log.LogLevel;
import fivefold.cli.log.LogOutput;
import fivefold.metrics.PrometheusPage;
import fivefold.net.Server;
import fivefold.sys.Limits;
import fivefold.sys.Platform;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Serves one service until it is told to stop. */
final class ServeCommand implements Callable<Integer> {
  private static final String[] FOOTER = {
    "",
    "Services:",
    "  time      tells the local time; UDP 0.0.0.0:3333",
    "  echo      sends back what it receives, a-z in upper case; TCP localhost:8001",
    "  chat      rooms of people who talk; TCP 127.0.0.1:9999, 'nc' or a browser",
    "  operator  shows what clients say, you type the answers; TCP 127.0.0.1:8081",
    "",
    "Examples:",
    "  fivefold serve time",
    "  fivefold serve time --protocol time --port 37",
    "  fivefold serve echo --model epoll-et --loops 2",
    "  fivefold serve echo --require io_uring,epoll",
    "  fivefold serve echo --unix /run/echo.sock --unix-mode 0660",
    "  fivefold serve echo --tls-cert fullchain.pem --tls-key privkey.pem",
    "  fivefold serve echo --model epoll --metrics 9464",
    "  fivefold serve echo --trace trace.json --record echo.jfr",
    "  fivefold serve echo --port 0 --reply suffix=_SB --no-console",
    "  fivefold serve chat --history chat.mv --history-days 30",
    "  fivefold serve chat --cluster nats://127.0.0.1:4222",
    "",
    "On a terminal there is a console: type 'help'. Exit code 0 after a stop in order, 1 when",
    "the server cannot start, 2 for bad usage."
  };

  private final ServiceFlags service = new ServiceFlags();
  private final ChatFlags chat = new ChatFlags();
  private final ClusterFlags cluster = new ClusterFlags();
  private final WebFlags web = new WebFlags();
  private final ListenFlags listen = new ListenFlags();
  private final StreamFlags stream = new StreamFlags();
  private final TlsFlags tls = new TlsFlags();
  private final MetricsFlags metrics = new MetricsFlags();
  private final TraceFlags tracing = new TraceFlags();

  private Duration drain = Server.DEFAULT_DRAIN;
  private boolean noConsole;
  private String logLevel = LogLevel.INFO.word();

  CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    spec.usageMessage()
        .description("Serve a service on an I/O model, until SIGTERM, Ctrl-C or 'quit'.")
        .footer(FOOTER);
    addTo(new Flags(spec));
    return spec;
  }

  private void addTo(Flags flags) {
    service.addTo(flags);
    chat.addTo(flags);
    cluster.addTo(flags);
    web.addTo(flags);
    listen.addTo(flags);
    stream.addTo(flags);
    tls.addTo(flags);
    metrics.addTo(flags);
    tracing.addTo(flags);
    flags.value(
        "--drain",
        "TIME",
        new TimeSpan(),
        value -> drain = value,
        "How long connections may take to finish at the end (5s).");
    flags.toggle("--no-console", value -> noConsole = value, "No console, even on a terminal.");
    flags.text(
        "--log-level",
        "LEVEL",
        value -> logLevel = value,
        "error, warn, info (default) or debug, which tells of each connection.");
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    LogOutput.start(level());
    ServerStart start = new ServerStart(service.service(), listen, stream, tls, metrics);
    tracing.check(start.choice().model());
    long descriptors = Platform.unavailable().isEmpty() ? Limits.raiseDescriptors() : 0;
    StopSignals signals = StopSignals.install();
    try (PrometheusPage page = metrics.open();
        Serving serving = start.serving(chat, cluster, web);
        TraceFlags.Tracing traced = tracing.begin();
        Server server = start.start(serving, page, traced.probes());
        Server beside = start.startBeside(serving, page, traced.probes())) {
      ChoiceLines.of(start.choice()).forEach(ServeCommand::log);
      log("bound: " + start.line(server) + descriptorText(descriptors));
      System.out.println(start.line(server));
      if (beside != null) {
        System.out.println(start.line("web", beside));
      }
      serve(server, serving, signals);
      log("stopping: connections may take " + TimeSpan.text(drain) + " to finish");
      if (beside != null) {
        log("stopped web: " + beside.stop(drain));
      }
      log("stopped: " + server.stop(drain));
    }
    return 0;
  }

  private void serve(Server server, Serving serving, StopSignals signals)
      throws IOException, InterruptedException {
    if (!noConsole && Terminals.arePresent()) {
      new Console(server, serving.console(), serving.talk().orElse(null)).run(signals);
    } else {
      serving.withoutConsole();
      signals.await();
    }
  }

  private LogLevel level() {
    return LogLevel.parse(logLevel)
        .orElseThrow(() ->
            new UsageException(
                "unknown --log-level '"
                    + logLevel
                    + "'; expected one of "
                    + String.join(", ", LogLevel.words())
                    + NearMiss.hint(logLevel, LogLevel.words())));
  }

  private static String descriptorText(long limit) {
    return limit > 0 ? ", at most " + limit + " descriptors" : "";
  }

  private static void log(String message) {
    System.getLogger("fivefold.serve").log(Level.INFO, message);
  }
}
