package fivefold.bench;

import fivefold.lab.compare.Contender;
import fivefold.lab.compare.Lineup;
import fivefold.lab.record.Workload;
import fivefold.net.IoModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers that are compared: Fivefold, Netty, and C where it was compiled. */
public final class Peers {
  /** What both wait with. */
  private static final List<IoModel> MODELS = List.of(IoModel.EPOLL, IoModel.NIO, IoModel.IO_URING);

  private static final String C = "C epoll";

  /** As it comes, without the one option that NettyEcho sets for small messages. */
  private static final String DEFAULT_READS = "netty epoll untuned";

  private static final String NETTY_LEAST_READ_BYTES = "64";

  /** The flags of ./fivefold, and those with which Netty is fastest. */
  private static final List<String> NETTY_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private Peers() {}

  static String netty(IoModel model) {
    return "netty " + model.word();
  }

  /** What Fivefold and C are compared with where nothing else is said. */
  static String reference() {
    return netty(IoModel.EPOLL);
  }

  /** One row each, the rivals next to each other; left out is what cannot run here. */
  static List<Contender> of(Path root, Workload workload) {
    List<Contender> peers = new ArrayList<>();
    for (IoModel model : MODELS) {
      if (model.availability().isAvailable()) {
        List<String> fivefold = List.of(root.resolve("fivefold").toString());
        peers.addAll(Lineup.of(List.of(model), fivefold, workload, 1));
        peers.add(nettyEcho(netty(model), model));
      }
    }
    peers.add(nettyEcho(DEFAULT_READS, IoModel.EPOLL, NETTY_LEAST_READ_BYTES));
    Path compiled = root.resolve("bench/target/epoll_echo");
    if (Files.isExecutable(compiled)) {
      peers.add(
          new Contender(
              C, "epoll", "multiplexing", List.of(compiled.toString(), "0"), 0, List.of()));
    }
    return peers;
  }

  private static Contender nettyEcho(String name, IoModel model, String... more) {
    List<String> command = new ArrayList<>(nettyCommand());
    command.addAll(List.of(NettyEcho.class.getName(), model.word(), "0"));
    return new Contender(name, model.word(), model.family().word(), command, 0, List.of());
  }

  /** A JVM for Netty, without the name of its main class. */
  public static List<String> nettyCommand() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(NETTY_FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }

  /** Who is measured against whom. */
  static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    MODELS.forEach(model -> pairs.add(new Pair(model.word(), netty(model))));
    pairs.add(new Pair(IoModel.EPOLL.word(), DEFAULT_READS));
    pairs.add(new Pair(IoModel.IO_URING.word(), reference()));
    pairs.add(new Pair(C, reference()));
    pairs.add(new Pair(IoModel.EPOLL.word(), C));
    return pairs;
  }

  /** The names of two rows. */
  record Pair(String row, String against) {}
}
