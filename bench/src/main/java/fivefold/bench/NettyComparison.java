package fivefold.bench;

import fivefold.lab.compare.Comparison;
import fivefold.lab.compare.Contender;
import fivefold.lab.compare.CorePlan;
import fivefold.lab.compare.Pinning;
import fivefold.lab.record.Results;
import fivefold.lab.record.ResultsFile;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Workload;
import fivefold.lab.report.TerminalReport;
import fivefold.sys.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fivefold beside Netty: bench/run-netty.sh starts it. */
@Command(
    name = "bench/run-netty.sh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compares upper-case echo of Fivefold, Netty and C: CPU time of the server per request.")
public final class NettyComparison implements Callable<Integer> {
  private static final long ROUND_WARMUP_MILLIS = 300;

  @Option(names = "--rounds", description = "Interleaved rounds: ${DEFAULT-VALUE}.")
  int rounds = 10;

  @Option(
      names = "--millis",
      description = "Measured for each server, each round: ${DEFAULT-VALUE}.")
  long millis = 1000;

  @Option(
      names = "--warmup-millis",
      description = "Load on each server after its start, not counted: ${DEFAULT-VALUE}.")
  long warmupMillis = 6000;

  @Option(
      names = "--loads",
      split = ",",
      paramLabel = "CONNECTIONSxBYTES",
      description = "What is asked of them: ${DEFAULT-VALUE}.")
  List<String> loads = List.of("64x64", "1000x64", "64x16384");

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "NAME",
      description = "Only these rows, such as 'epoll,netty epoll'; all by default.")
  List<String> servers = List.of();

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new NettyComparison()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Limits.raiseDescriptors();
    boolean clean = true;
    for (String load : loads) {
      Results results = compare(workload(load));
      System.out.print(new TerminalReport(false).render(results));
      System.out.printf("%n%-30s  %-29s   %s%n", "within rounds", "CPU per request", "requests/s");
      PairTable.of(results).forEach(System.out::println);
      Path file = root().resolve("bench/target/netty-" + load + ".json");
      ResultsFile.write(results, file);
      System.out.println("written: " + file + "\n");
      clean &=
          results.rows().stream()
              .allMatch(row -> row.summary() != null && row.summary().errors() == 0);
    }
    return clean ? 0 : 1;
  }

  private Workload workload(String load) {
    String[] numbers = load.split("x", 2);
    try {
      return new Workload("echo", Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), 1);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "load '" + load + "'; expected CONNECTIONSxBYTES, such as 64x64");
    }
  }

  private Results compare(Workload workload) throws IOException, InterruptedException {
    List<Contender> peers =
        Peers.of(root(), workload).stream()
            .filter(peer -> servers.isEmpty() || servers.contains(peer.name()))
            .toList();
    if (peers.isEmpty()) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "no server of the name " + servers);
    }
    List<String> names = peers.stream().map(Contender::name).toList();
    String reference = names.contains(Peers.reference()) ? Peers.reference() : names.getFirst();
    CorePlan cores = Pinning.plan(1).orElse(null);
    Settings settings =
        new Settings(
            workload,
            names,
            reference,
            rounds,
            millis,
            ROUND_WARMUP_MILLIS,
            warmupMillis,
            1,
            cores == null ? null : CorePlan.describe(cores.server()),
            cores == null ? null : CorePlan.describe(cores.load()),
            List.of());
    return new Comparison(
            settings, peers, cores, (activity, done, left) -> progress(activity, left.toSeconds()))
        .run();
  }

  private static void progress(String activity, long secondsLeft) {
    System.err.println("bench: " + activity + ", " + secondsLeft + " s left");
  }

  private static Path root() {
    String root = System.getProperty("bench.root");
    if (root == null) {
      throw new IllegalStateException("start it by bench/run-netty.sh");
    }
    return Path.of(root);
  }
}
