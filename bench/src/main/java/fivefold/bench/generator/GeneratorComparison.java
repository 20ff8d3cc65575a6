package fivefold.bench.generator;

import fivefold.lab.load.LoadGenerator;
import fivefold.sys.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fivefold's load generator beside one in C: bench/generator.sh starts it. */
@Command(
    name = "bench/generator.sh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Loads one server, an upper-case echo in C, by Fivefold's load generator and by one in C,"
            + " in turn: requests per second, and CPU time of the generator for each.")
public final class GeneratorComparison implements Callable<Integer> {
  @Option(names = "--rounds", description = "In turn: ${DEFAULT-VALUE}.")
  int rounds = 9;

  @Option(names = "--millis", description = "Measured of each, each round: ${DEFAULT-VALUE}.")
  long millis = 1000;

  @Option(names = "--warmup-millis", description = "Before each of these: ${DEFAULT-VALUE}.")
  long warmupMillis = 300;

  @Option(
      names = "--loads",
      split = ",",
      paramLabel = "CONNECTIONSxBYTES",
      description = "What is asked: ${DEFAULT-VALUE}.")
  List<String> loads = List.of("64x64", "1000x64", "64x16384");

  @Option(
      names = "--server",
      paramLabel = "COMMAND",
      description = "Another upper-case echo, with {port} in it.")
  @Nullable String server;

  @Option(
      names = "--generator",
      paramLabel = "PROGRAM",
      description = "Another generator to be compared with, of the words of echo_load.c.")
  @Nullable String program;

  @Option(
      names = "--command",
      description = "Also ./fivefold load: a new JVM for each window, after its second of warm-up.")
  boolean command;

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new GeneratorComparison()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Limits.raiseDescriptors();
    boolean clean = true;
    try (LoadGenerator own = new LoadGenerator();
        EchoServer echo = EchoServer.start(server == null ? target("epoll_echo {port}") : server)) {
      Map<String, Generator> generators = generators(own);
      for (String each : loads) {
        clean &= compare(load(each), echo, generators);
      }
    }
    return clean ? 0 : 1;
  }

  private Map<String, Generator> generators(LoadGenerator own) {
    Map<String, Generator> generators = new LinkedHashMap<>();
    generators.put("C", new ProgramGenerator(program == null ? target("echo_load") : program));
    generators.put("fivefold", new OwnGenerator(own));
    if (command) {
      generators.put("./fivefold load", new LoadCommandGenerator(root().resolve("fivefold")));
    }
    return generators;
  }

  private Load load(String text) {
    try {
      return Load.of(text, warmupMillis, millis);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(new CommandLine(this), e.getMessage());
    }
  }

  private boolean compare(Load load, EchoServer echo, Map<String, Generator> generators)
      throws IOException {
    Comparison comparison = new Comparison(List.copyOf(generators.keySet()));
    List<Generator> inTurn = new ArrayList<>(generators.values());
    // One round that is not counted: the JIT has then seen this load.
    for (int round = 0; round <= rounds; round++) {
      System.err.println(
          round == 0 ? "bench: warming up" : "bench: round " + round + " of " + rounds);
      for (int i = 0; i < inTurn.size(); i++) {
        Window window = inTurn.get(i).run(echo.port, load);
        if (round > 0) {
          comparison.add(i, window);
        }
      }
    }
    System.out.print(comparison.text(load));
    System.out.println(
        comparison.isClean() ? "every reply was compared byte for byte" : "THERE WERE ERRORS");
    return comparison.isClean();
  }

  private static String target(String program) {
    return root().resolve("bench/target").resolve(program).toString();
  }

  private static Path root() {
    String root = System.getProperty("bench.root");
    if (root == null) {
      throw new IllegalStateException("start it by bench/generator.sh");
    }
    return Path.of(root);
  }
}
