package fivefold.cli;

import fivefold.cli.console.Terminals;
import fivefold.cli.progress.ProgressBar;
import fivefold.cli.progress.ProgressLines;
import fivefold.cli.progress.ProgressWords;
import fivefold.lab.compare.Contender;
import fivefold.lab.compare.CorePlan;
import fivefold.lab.compare.Lineup;
import fivefold.lab.compare.Pinning;
import fivefold.lab.compare.ThisProgram;
import fivefold.lab.load.Mix;
import fivefold.lab.record.Results;
import fivefold.lab.record.ResultsFile;
import fivefold.lab.record.Row;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Workload;
import fivefold.sys.Limits;
import fivefold.sys.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Compares I/O models on this machine. */
@Command(
    name = "compare",
    description = "Compare the I/O models: the same work for each, on this machine.",
    footer = {
      "",
      "Each model serves in a process of its own; they take turns in short rounds,",
      "and every reply is checked byte for byte. Prints a table, and writes",
      "results.json and report.html. Ctrl-C keeps the rounds that are finished.",
      "",
      "Examples:",
      "  fivefold compare",
      "  fivefold compare echo --models thread,virtual,epoll --connections 1000",
      "  fivefold compare --models epoll,epoll       # how much is chance?",
      "  fivefold compare --models epoll --against './their-server 9000' --port 9000",
      "  fivefold compare --connections 1,10,100,1000        # a sweep, with curves",
      "  fivefold compare --baseline old.json        # what has changed? exit code 3: worse",
      "  fivefold compare --models thread,epoll --trace trace.json",
      "  fivefold compare --rate 20000               # latency at a rate, nothing left out",
      "  fivefold compare --connections 5000 --mix idle      # 10 ask, the others are there",
      "",
      "Exit code 0 when all models were measured without errors, 1 when not, 2 for",
      "bad usage, 3 when a figure is worse than in --baseline, beyond noise and",
      "--tolerance, 130 after Ctrl-C."
    })
final class CompareCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final int REGRESSION = 3;

  /** What the whole takes when no duration is given. */
  private static final Duration WHOLE = Duration.ofSeconds(60);

  private static final Duration SHORTEST = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** Starting a server, connecting: what is neither warm-up nor measurement. */
  private static final Duration START = Duration.ofMillis(500);

  private static final Duration ROUND_WARMUP = Duration.ofMillis(150);

  /** Descriptors of either process besides its connections, with room to spare. */
  private static final int OTHER_DESCRIPTORS = 100;

  @Mixin CompareFlags flags = new CompareFlags();

  @Override
  public Integer call() throws IOException, InterruptedException {
    flags.check();
    // Read before the work, and before results.json may be written over it.
    Results before = flags.baseline.read();
    CompareModels models = CompareModels.of(flags.models);
    CorePlan cores = flags.noPin ? null : Pinning.plan(flags.loops).orElse(null);
    TracedServers traces = flags.trace == null ? null : new TracedServers(flags.trace);
    List<Sweep.Setting> sweep = new ArrayList<>();
    for (Workload wanted : workloads()) {
      List<String> notes = new ArrayList<>(models.leftOut());
      Workload workload = cut(wanted, notes);
      List<Contender> contenders =
          new ArrayList<>(Lineup.of(models.models(), ThisProgram.command(), workload, flags.loops));
      contenders.addAll(Against.contenders(flags.against, flags.ports));
      if (traces != null) {
        contenders = traces.of(contenders, TracedServers.setting(flags, workload));
      }
      sweep.add(new Sweep.Setting(settings(workload, contenders, cores, notes), contenders, cores));
    }
    if (before != null) {
      flags.baseline.requireInCommon(before, sweep.stream().map(Sweep.Setting::settings).toList());
    }
    StopSignals signals = StopSignals.install();
    Sweep work = new Sweep(sweep, signals);
    announce(work.expectedTime(), sweep);
    Results results = run(work);
    if (signals.haveCome() && isEmpty(results)) {
      System.err.println("fivefold: compare: stopped before anything was measured");
      return INTERRUPTED;
    }
    write(results, traces == null ? List.of() : traces.files());
    if (signals.haveCome()) {
      return INTERRUPTED;
    }
    boolean regressed =
        before != null && flags.baseline.hasRegressed(before, results, flags.report.language());
    return regressed ? REGRESSION : exitCode(results);
  }

  /** Before it begins: a sweep over many models takes its time. */
  private void announce(Duration time, List<Sweep.Setting> sweep) {
    System.err.println(
        "fivefold: compare: "
            + new ProgressWords(flags.report.language())
                .plan(time, sweep.size(), sweep.getFirst().contenders().size(), flags.rounds));
  }

  private Results run(Sweep sweep) throws IOException, InterruptedException {
    if (!Terminals.arePresent()) {
      return sweep.run(new ProgressLines(System.err, flags.report.language()));
    }
    ProgressBar bar = new ProgressBar(System.err, flags.report.language());
    try {
      return sweep.run(bar);
    } finally {
      bar.erase();
    }
  }

  /** One, or those of a sweep. */
  private List<Workload> workloads() {
    List<Workload> workloads = new ArrayList<>();
    for (int connections : flags.connections) {
      for (int messageBytes : flags.messageBytes) {
        for (int pipeline : flags.pipeline) {
          workloads.add(
              new Workload(
                  flags.service,
                  connections,
                  messageBytes,
                  pipeline,
                  flags.pace.rate == null ? null : flags.pace.rate.doubleValue(),
                  flags.pace.mix() == Mix.STEADY ? null : flags.pace.mixWord,
                  flags.reply.equals(Workload.SAME) ? Workload.SAME : null));
        }
      }
    }
    return workloads;
  }

  /** Cut to the descriptors that may be open. */
  private static Workload cut(Workload wanted, List<String> notes) {
    if (Platform.unavailable().isPresent()) {
      return wanted;
    }
    long limit = Limits.raiseDescriptors();
    if (limit <= 0 || wanted.connections() <= limit - OTHER_DESCRIPTORS) {
      return wanted;
    }
    int connections = (int) Math.max(1, limit - OTHER_DESCRIPTORS);
    notes.add(
        "cut to %d of %d connections: a process may have %d descriptors; raise the hard limit (ulimit -Hn) to go on"
            .formatted(connections, wanted.connections(), limit));
    return wanted.withConnections(connections);
  }

  private Settings settings(
      Workload workload, List<Contender> contenders, @Nullable CorePlan cores, List<String> notes) {
    List<String> names = contenders.stream().map(Contender::name).toList();
    String reference = flags.reference == null ? names.getFirst() : flags.reference;
    if (!names.contains(reference)) {
      throw new UsageException(
          "--reference "
              + reference
              + " is not among the models compared; expected one of "
              + String.join(", ", names)
              + NearMiss.hint(reference, names));
    }
    return new Settings(
        workload,
        names,
        reference,
        flags.rounds,
        duration(contenders.size()).toMillis(),
        ROUND_WARMUP.toMillis(),
        flags.warmup.toMillis(),
        flags.loops,
        cores == null ? null : CorePlan.describe(cores.server()),
        cores == null ? null : CorePlan.describe(cores.load()),
        List.copyOf(notes));
  }

  private Duration duration(int models) {
    if (flags.duration != null) {
      return flags.duration;
    }
    Duration starts = START.plus(flags.warmup).multipliedBy(models);
    Duration fair = WHOLE.minus(starts).dividedBy((long) models * flags.rounds).minus(ROUND_WARMUP);
    return fair.compareTo(SHORTEST) < 0 ? SHORTEST : fair.compareTo(LONGEST) > 0 ? LONGEST : fair;
  }

  private void write(Results results, List<Path> traces) throws IOException {
    flags.report.print(results);
    if (isEmpty(results)) {
      throw new FailureException("no model could be measured, and no file is written");
    }
    ResultsFile.write(results, flags.json);
    List<Path> written = new ArrayList<>(List.of(flags.json));
    written.addAll(flags.report.write(results));
    traces.stream().filter(Files::exists).forEach(written::add);
    flags.report.tell(written);
  }

  private static boolean isEmpty(Results results) {
    return results.rows().stream().allMatch(row -> row.rounds().isEmpty());
  }

  private static int exitCode(Results results) {
    return results.rows().stream().allMatch(CompareCommand::isGood) ? 0 : 1;
  }

  private static boolean isGood(Row row) {
    return row.error() == null && row.summary() != null && row.summary().errors() == 0;
  }
}
