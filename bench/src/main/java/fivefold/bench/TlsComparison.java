package fivefold.bench;

import fivefold.lab.compare.Comparison;
import fivefold.lab.compare.Contender;
import fivefold.lab.compare.CorePlan;
import fivefold.lab.compare.Pinning;
import fivefold.lab.record.Results;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Workload;
import fivefold.lab.report.TerminalReport;
import fivefold.net.IoModel;
import fivefold.net.loop.PollerFactory;
import fivefold.net.tls.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fivefold beside Netty, both by the JDK's TLS: bench/run-tls.sh starts it. */
@Command(
    name = "bench/run-tls.sh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compares upper-case echo by TLS 1.3 of Fivefold and Netty: CPU time of the server per"
            + " request.")
public final class TlsComparison implements Callable<Integer> {
  private static final long ROUND_WARMUP_MILLIS = 500;

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
  List<String> loads = List.of("64x64", "64x16384");

  @Option(names = "--model", description = "What both wait with: ${DEFAULT-VALUE}.")
  String model = "epoll";

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TlsComparison()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("fivefold-tls");
    Path chain = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    try {
      TlsIdentity identity = TlsIdentity.selfSigned();
      Files.writeString(chain, identity.certificatePem());
      Files.writeString(key, identity.keyPem());
      PollerFactory load = new TlsPollers(PollerFactory.best(), clients(identity));
      for (String each : loads) {
        compare(each, chain, key, load);
      }
    } finally {
      Files.deleteIfExists(chain);
      Files.deleteIfExists(key);
      Files.deleteIfExists(folder);
    }
    return 0;
  }

  private void compare(String load, Path chain, Path key, PollerFactory pollers)
      throws IOException, InterruptedException {
    String[] numbers = load.split("x", 2);
    Workload workload =
        new Workload("echo", Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), 1);
    List<Contender> peers = peers(chain, key);
    CorePlan cores = Pinning.plan(1).orElse(null);
    Settings settings =
        new Settings(
            workload,
            peers.stream().map(Contender::name).toList(),
            peers.getLast().name(),
            rounds,
            millis,
            ROUND_WARMUP_MILLIS,
            warmupMillis,
            1,
            cores == null ? null : CorePlan.describe(cores.server()),
            cores == null ? null : CorePlan.describe(cores.load()),
            List.of());
    Results results =
        new Comparison(
                settings,
                peers,
                cores,
                (activity, done, left) ->
                    System.err.println("bench: " + activity + ", " + left.toSeconds() + " s left"),
                pollers)
            .run();
    System.out.print(new TerminalReport(false).render(results));
    PairTable.of(results, List.of(new Peers.Pair(peers.getFirst().name(), peers.getLast().name())))
        .forEach(System.out::println);
  }

  private List<Contender> peers(Path chain, Path key) {
    IoModel wanted = IoModel.parse(model);
    String root = System.getProperty("bench.root", ".");
    List<String> fivefold =
        List.of(
            Path.of(root, "fivefold").toString(),
            "serve",
            "echo",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-console",
            "--model",
            model,
            "--tls-cert",
            chain.toString(),
            "--tls-key",
            key.toString());
    List<String> netty = new ArrayList<>(Peers.nettyCommand());
    netty.addAll(
        List.of(NettyEcho.class.getName(), model, "0", "1024", chain.toString(), key.toString()));
    String family = wanted.family().word();
    return List.of(
        new Contender("TLS " + model, model, family, fivefold, 0, List.of()),
        new Contender("TLS netty " + model, model, family, netty, 0, List.of()));
  }

  private static Supplier<SSLEngine> clients(TlsIdentity trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("server", trusted.chain().getFirst());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, trust.getTrustManagers(), null);
    return () -> {
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(true);
      return engine;
    };
  }
}
