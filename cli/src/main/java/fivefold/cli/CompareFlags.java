package fivefold.cli;

import fivefold.lab.load.LoadPlan;
import fivefold.lab.record.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words behind {@code compare}, each checked. */
final class CompareFlags {
  private static final String SERVICE = "echo";

  private static final int ROUNDS_LIMIT = 1000;
  private static final int POINTS_LIMIT = 20;
  private static final int PORT_LIMIT = 65_535;
  private static final List<String> REPLIES = List.of("upper", Workload.SAME);
  private static final int LOOPS_LIMIT = 1024;
  private static final Duration TIME_LIMIT = Duration.ofHours(1);

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE",
      description = "What is served: echo (default), over TCP, in upper case.")
  String service = SERVICE;

  @Option(
      names = "--models",
      paramLabel = "LIST",
      description = "all (default), or some, such as thread,epoll,nio; one may be named twice.")
  String models = "all";

  @Option(
      names = "--connections",
      paramLabel = "N",
      split = ",",
      converter = WholeNumber.class,
      description = "Connections open at once (64); several with commas, a sweep: 1,10,100.")
  List<Integer> connections = List.of(64);

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      split = ",",
      converter = ByteSize.class,
      description = "Bytes of a request, and of its reply (64), or several.")
  List<Integer> messageBytes = List.of(64);

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      split = ",",
      converter = WholeNumber.class,
      description = "Requests in flight on each connection (1), or several.")
  List<Integer> pipeline = List.of(1);

  @Mixin PaceFlags pace = new PaceFlags();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Measured for each model in each round (so that all takes about a minute).")
  @Nullable Duration duration;

  @Option(
      names = "--reply",
      paramLabel = "WHAT",
      description = "upper (default): a-z come back in upper case; same: as they were.")
  String reply = "upper";

  @Option(
      names = "--against",
      paramLabel = "COMMAND",
      description = {
        "A server of somebody else's as one row more, with --port; both may be given several times."
      })
  List<String> against = List.of();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      converter = WholeNumber.class,
      description = "Where that server will listen, on 127.0.0.1.")
  List<Integer> ports = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "Rounds (7); with fewer than 6 no difference can be told from chance.")
  int rounds = 7;

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Load on each server after its start, not measured (2s).")
  Duration warmup = Duration.ofSeconds(2);

  @Option(
      names = "--reference",
      paramLabel = "MODEL",
      description = "The row that the others are compared with (the first).")
  @Nullable String reference;

  @Option(
      names = "--loops",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "Event loops of each server (1).")
  int loops = 1;

  @Option(
      names = "--out-json",
      paramLabel = "FILE",
      description = "Where the figures go (results.json).")
  Path json = Path.of("results.json");

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = {
        "What the threads of each server did last, as traces that ui.perfetto.dev opens: a file for"
            + " each model, such as FILE-epoll.json. It takes time, which is in the figures."
      })
  @Nullable Path trace;

  @Mixin ReportFlags report = new ReportFlags();

  @Mixin BaselineFlags baseline = new BaselineFlags();

  @Option(names = "--no-pin", description = "Leave it to the system which core runs what.")
  boolean noPin;

  /**
   * Checks all ranges.
   *
   * @throws UsageException for the first that does not fit
   */
  void check() {
    if (!service.equals(SERVICE)) {
      throw new UsageException(
          "cannot compare '" + service + "'; expected " + SERVICE + ", over TCP");
    }
    connections.forEach(each -> FlagRange.whole("--connections", each, LoadPlan.CONNECTIONS_LIMIT));
    messageBytes.forEach(each -> FlagRange.whole("--size", each, LoadPlan.MESSAGE_LIMIT_BYTES));
    pipeline.forEach(each -> FlagRange.whole("--pipeline", each, LoadPlan.PIPELINE_LIMIT));
    checkSweep();
    pace.check(connections);
    if (!REPLIES.contains(reply)) {
      throw new UsageException(
          "--reply is '"
              + reply
              + "'; expected one of "
              + String.join(", ", REPLIES)
              + NearMiss.hint(reply, REPLIES));
    }
    checkAgainst();
    FlagRange.whole("--rounds", rounds, ROUNDS_LIMIT);
    FlagRange.whole("--loops", loops, LOOPS_LIMIT);
    FlagRange.time("--warmup", warmup, Duration.ZERO, TIME_LIMIT);
    if (duration != null) {
      FlagRange.time("--duration", duration, Duration.ofMillis(10), TIME_LIMIT);
    }
    OutputFile.requireWritable("--out-json", json);
    if (trace != null) {
      OutputFile.requireWritable("--trace", trace);
    }
    report.check();
    report.requireDifferent("--out-json", json);
    baseline.check();
  }

  private void checkSweep() {
    List<String> lists = new ArrayList<>();
    for (var option :
        Map.of("--connections", connections, "--size", messageBytes, "--pipeline", pipeline)
            .entrySet()) {
      List<Integer> values = option.getValue();
      if (values.size() > 1) {
        lists.add(option.getKey());
      }
      if (values.size() > POINTS_LIMIT || Set.copyOf(values).size() < values.size()) {
        throw new UsageException(
            option.getKey()
                + " has "
                + values.size()
                + " numbers; expected at most "
                + POINTS_LIMIT
                + ", each once");
      }
    }
    if (lists.size() > 1) {
      Collections.sort(lists);
      throw new UsageException(
          String.join(" and ", lists) + " have several numbers each; a sweep is by one of them");
    }
  }

  private void checkAgainst() {
    if (against.size() != ports.size()) {
      throw new UsageException(
          "--against is given "
              + against.size()
              + " times and --port "
              + ports.size()
              + "; expected a port for each command");
    }
    ports.forEach(port -> FlagRange.whole("--port", port, PORT_LIMIT));
    if (Set.copyOf(ports).size() < ports.size()) {
      throw new UsageException(
          "--port is given twice with the same number; expected different ones");
    }
    if (against.stream().anyMatch(String::isBlank)) {
      throw new UsageException("--against is empty; expected a command");
    }
  }
}
