package fivefold.cli;

import fivefold.lab.load.LoadGenerator;
import fivefold.lab.load.LoadPlan;
import fivefold.lab.load.LoadResult;
import fivefold.lab.load.Mix;
import fivefold.lab.load.Protocol;
import fivefold.lab.load.RequestLog;
import fivefold.lab.load.WindowObserver;
import fivefold.lab.report.LoadText;
import fivefold.lab.timeline.RequestTrace;
import fivefold.sys.Limits;
import fivefold.sys.Platform;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Drives a server, whoever wrote it. */
@Command(
    name = "load",
    description = "Drive a server with many connections, and check its replies.",
    footer = {
      "",
      "One thread makes the load. Without --rate it is a closed loop: each reply sends",
      "the next request. With --rate requests are due at a fixed rate, and latency",
      "counts from then, so that a slow server's delays are not left out. Ctrl-C ends",
      "it early. Ask before you load a server that is not yours.",
      "",
      "Examples:",
      "  fivefold load localhost:8001 --protocol upper",
      "  fivefold load localhost:8001 --protocol upper --rate 20000 --duration 30s",
      "  fivefold load localhost:6379 --protocol redis --connections 50 --pipeline 16",
      "  fivefold load localhost:8080 --protocol http --path /index.html",
      "  fivefold load localhost:8001 --protocol upper --connections 1000 --mix idle",
      "  fivefold load unix:/run/echo.sock --size 16k",
      "  fivefold load localhost:8001 --protocol upper --trace requests.json",
      "  fivefold load --udp localhost:8001 --protocol upper",
      "",
      "Exit code 0 when every reply came and was right, 1 when not, 2 for bad usage,",
      "130 after Ctrl-C."
    })
final class LoadCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  /** Descriptors of this process besides its connections, with room to spare. */
  private static final int OTHER_DESCRIPTORS = 100;

  /** Of the last ones: a second or more, and 6 MB. */
  private static final int TRACED_REQUESTS = 1 << 18;

  @Mixin LoadFlags flags = new LoadFlags();

  @Override
  public Integer call() throws IOException {
    flags.check();
    ServerAddress address = ServerAddress.parse(flags.server);
    LoadPlan plan = plan(address);
    requireDescriptors();
    StopSignals signals = StopSignals.install();
    LoadResult result;
    RequestLog log = flags.trace == null ? null : new RequestLog(TRACED_REQUESTS);
    try (LoadGenerator generator = new LoadGenerator()) {
      signals.onFirst(generator::stop);
      result = generator.run(plan, WindowObserver.NONE, log);
    }
    if (result.windowNanos() == 0 || isWithoutReply(result)) {
      return nothing(plan, address, result);
    }
    System.out.print(LoadText.of(plan, result));
    if (log != null && flags.trace != null) {
      RequestTrace.write(flags.trace, log);
      System.out.println("trace        " + flags.trace);
    }
    if (signals.haveCome()) {
      return INTERRUPTED;
    }
    return result.errors() == 0 ? 0 : 1;
  }

  private static boolean isWithoutReply(LoadResult result) {
    return result.requests() == 0 && result.firstFailure() != null;
  }

  private static int nothing(LoadPlan plan, ServerAddress address, LoadResult result) {
    if (result.stopped()) {
      System.err.println("fivefold: load: stopped before anything was measured");
      return INTERRUPTED;
    }
    String why = result.firstFailure();
    throw new FailureException(
        address
            + (result.openNanos() > 0 ? " answered nothing more" : " answered nothing")
            + (why == null
                ? " within " + TimeSpan.text(LoadPlan.DEFAULT_PATIENCE) + "; try another --protocol"
                : ": " + why + hint(plan)));
  }

  private static String hint(LoadPlan plan) {
    return plan.protocol() instanceof Protocol.HttpGet && plan.mix() != Mix.CHURN
        ? "; is a server there, and one that keeps its connections? else --mix churn connects anew"
            + " for each request"
        : "; is a server there, and of this --protocol?";
  }

  private LoadPlan plan(ServerAddress address) throws IOException {
    return new LoadPlan(
        target(address),
        flags.protocol(address),
        flags.connections,
        flags.pipeline,
        flags.pace.rate == null ? 0 : flags.pace.rate,
        flags.pace.mix(),
        flags.warmup,
        flags.duration,
        LoadPlan.DEFAULT_PATIENCE);
  }

  private static SocketAddress target(ServerAddress address) throws IOException {
    return switch (address) {
      case HostPort host -> host.resolve().getFirst();
      case UnixPath unix -> {
        try {
          yield UnixDomainSocketAddress.of(unix.path());
        } catch (IllegalArgumentException e) {
          throw new UsageException(e);
        }
      }
    };
  }

  private void requireDescriptors() {
    if (Platform.unavailable().isEmpty()) {
      long limit = Limits.raiseDescriptors();
      if (limit > 0 && flags.connections > limit - OTHER_DESCRIPTORS) {
        throw new FailureException(
            "--connections %d: a process may have %d descriptors; raise the hard limit (ulimit -Hn) first"
                .formatted(flags.connections, limit));
      }
    }
  }
}
