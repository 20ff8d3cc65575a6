package fivefold.cli;

import fivefold.cli.console.Terminals;
import fivefold.cli.progress.CrowdBar;
import fivefold.cli.progress.CrowdLines;
import fivefold.lab.crowd.Crowd;
import fivefold.lab.crowd.CrowdPlan;
import fivefold.lab.crowd.CrowdReport;
import fivefold.lab.crowd.CrowdRoom;
import fivefold.lab.report.CrowdText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Raises a crowd on this machine. */
@Command(
    name = "crowd",
    description = "Raise a crowd: as many connections as this machine can hold, on one loop.",
    footer = {
      "",
      "Starts a server on io_uring, whose connections are direct descriptors and so not",
      "limited by ulimit -n, and makes its clients here. Each says something and the",
      "reply is checked byte for byte; a chat has one speak and all hear it. Both ends",
      "are on this machine: a connection takes some 9 KB of the kernel's memory. Ctrl-C",
      "ends it early. 'fivefold doctor' tells how far this machine can go, and why.",
      "",
      "Examples:",
      "  fivefold crowd",
      "  fivefold crowd 1000000",
      "  fivefold crowd 300000 --style straight-line    # a virtual thread for each",
      "  fivefold crowd 100000 --service chat           # one speaks, all hear",
      "",
      "Exit code 0 when none was lost and every reply was right, 1 when not, 2 for bad",
      "usage, 130 after Ctrl-C."
    })
final class CrowdCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final int SOME = 100_000;
  private static final List<String> SERVICES = List.of(CrowdPlan.ECHO, CrowdPlan.CHAT);
  private static final List<String> STYLES = List.of(CrowdPlan.CALLBACK, CrowdPlan.STRAIGHT_LINE);

  @Parameters(
      arity = "0..1",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "How many connections; 100000, or as many as there is room for.")
  @Nullable Integer connections;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      description = "How the handler is written: callback (default), straight-line.")
  @Nullable String style;

  @Option(names = "--service", paramLabel = "SERVICE", description = "echo (default), chat.")
  String service = CrowdPlan.ECHO;

  @Option(
      names = "--hold",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Keep the crowd for so long, and wait as long before it and after it (0).")
  Duration hold = Duration.ZERO;

  @Override
  public Integer call() throws IOException, InterruptedException {
    require("--service", service, SERVICES);
    if (style != null) {
      require("--style", style, STYLES);
      if (service.equals(CrowdPlan.CHAT)) {
        throw new UsageException("--style is for --service echo: a chat is written in callbacks");
      }
    }
    CrowdRoom room = CrowdRoom.ofThisMachine();
    if (room.unavailable().isPresent()) {
      throw new FailureException("crowd: " + room.unavailable().get());
    }
    CrowdPlan plan = plan(room);
    System.out.print(CrowdText.before(plan, room));
    System.out.flush();
    StopSignals signals = StopSignals.install();
    CrowdReport report = raise(plan, signals);
    System.out.print(CrowdText.after(report));
    if (signals.haveCome()) {
      return INTERRUPTED;
    }
    return report.isGood() ? 0 : 1;
  }

  private CrowdPlan plan(CrowdRoom room) {
    String wanted = style == null ? CrowdPlan.CALLBACK : style;
    CrowdPlan asked =
        new CrowdPlan(connections == null ? SOME : connections, service, wanted, hold);
    long most = room.most(asked);
    if (connections == null && most > 0) {
      return new CrowdPlan((int) Math.min(SOME, most), service, wanted, hold);
    }
    if (asked.connections() < 1) {
      throw new UsageException("N is " + asked.connections() + "; expected at least 1");
    }
    if (asked.connections() > most) {
      throw new FailureException(
          "%,d connections are too many here: at most %,d, by %s"
              .formatted(asked.connections(), most, room.limit(asked)));
    }
    return asked;
  }

  private static CrowdReport raise(CrowdPlan plan, StopSignals signals)
      throws IOException, InterruptedException {
    if (!Terminals.arePresent()) {
      return Crowd.raise(plan, new CrowdLines(System.err), signals::haveCome);
    }
    CrowdBar bar = new CrowdBar(System.err);
    try {
      return Crowd.raise(plan, bar, signals::haveCome);
    } finally {
      bar.erase();
    }
  }

  private static void require(String flag, String word, List<String> words) {
    if (!words.contains(word)) {
      throw new UsageException(
          flag
              + " "
              + word
              + ": expected one of "
              + String.join(", ", words)
              + NearMiss.hint(word, words));
    }
  }
}
