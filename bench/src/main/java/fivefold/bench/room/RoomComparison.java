package fivefold.bench.room;

import fivefold.bench.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A chat room of Fivefold beside one of Netty: bench/run-fanout.sh starts it. */
@Command(
    name = "bench/run-fanout.sh",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "One message of 100 bytes to every member of a room: the server's CPU time for each"
            + " delivery, and the time until the last member has it. Servers take turns.")
public final class RoomComparison implements Callable<Integer> {
  private static final String REFERENCE = "netty epoll";
  private static final int DELIVERIES_IN_A_ROUND = 100_000;
  private static final int LEAST_MESSAGES = 10;

  @Option(names = "--members", description = "In the room: ${DEFAULT-VALUE}.")
  int members = 1_000;

  @Option(names = "--rounds", description = "Interleaved rounds: ${DEFAULT-VALUE}.")
  int rounds = 8;

  @Option(
      names = "--warmup",
      paramLabel = "DELIVERIES",
      description = "Not counted: ${DEFAULT-VALUE}.")
  int warmup = 1_000_000;

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "NAME",
      description = "Models of Fivefold, 'netty epoll', 'netty io_uring': ${DEFAULT-VALUE}.")
  List<String> servers = List.of("epoll", "io_uring", REFERENCE);

  @Option(
      names = "--history",
      paramLabel = "none|memory",
      description = "What Fivefold keeps, Netty's room keeps nothing: ${DEFAULT-VALUE}.")
  String history = "none";

  @Option(
      names = "--others",
      description = "Two members of another room talk meanwhile; their times are shown.")
  boolean others;

  @Option(
      names = "--slow",
      paramLabel = "COUNT",
      description =
          "So many members read nothing; each server is also run without them. Needs a small"
              + " net.ipv4.tcp_wmem, else the kernel takes what they do not.")
  int slow;

  private record Contender(RoomServer server, RoomLoad load, List<Map<String, Double>> rounds) {}

  /** Runs it. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new RoomComparison()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Map<String, Contender> contenders = new LinkedHashMap<>();
    try {
      for (String name : servers) {
        contenders.put(name, contender(name, name, 0));
        if (slow > 0) {
          contenders.put(name + " +slow", contender(name + " +slow", name, slow));
        }
      }
      // With others the time is theirs, not the deliveries'.
      int messages =
          others ? LEAST_MESSAGES : Math.max(LEAST_MESSAGES, DELIVERIES_IN_A_ROUND / members);
      for (int round = 1; round <= rounds; round++) {
        System.err.println("bench: round " + round + " of " + rounds);
        for (Contender each : contenders.values()) {
          each.rounds.add(each.load.say(messages, others ? 50 : 0, others));
        }
      }
      return report(contenders) ? 0 : 1;
    } finally {
      contenders
          .values()
          .forEach(each -> {
            each.load.close();
            each.server.close();
          });
    }
  }

  private Contender contender(String row, String name, int slowMembers) throws IOException {
    System.err.println("bench: starting " + row);
    RoomServer server = RoomServer.start(row, command(name));
    RoomLoad load = new RoomLoad(program(), server, members, slowMembers);
    for (int done = 0; done < warmup; done += 10 * members) {
      load.say(10, 0, false);
    }
    return new Contender(server, load, new ArrayList<>());
  }

  private static String program() {
    return root().resolve("bench/target/room_load").toString();
  }

  private List<String> command(String name) {
    if (name.startsWith("netty ")) {
      List<String> netty = new ArrayList<>(Peers.nettyCommand());
      netty.addAll(List.of(NettyRoom.class.getName(), name.substring("netty ".length()), "0"));
      return netty;
    }
    List<String> fivefold = new ArrayList<>();
    fivefold.add(root().resolve("fivefold").toString());
    fivefold.addAll(List.of("serve", "chat", "--host", "127.0.0.1", "--port", "0", "--no-console"));
    fivefold.addAll(List.of("--model", name, "--history", history));
    fivefold.addAll(List.of("--rate", "0", "--connections-per-address", "0"));
    return fivefold;
  }

  private boolean report(Map<String, Contender> contenders) throws IOException {
    boolean clean = true;
    Contender reference = contenders.get(REFERENCE);
    System.out.printf("%d members, history %s, %d rounds%n", members, history, rounds);
    for (Map.Entry<String, Contender> entry : contenders.entrySet()) {
      Contender each = entry.getValue();
      System.out.printf(
          Locale.ROOT,
          "%-16s CPU %s us a delivery; last member %s ms; 99 %% of members %s ms; RSS %.0f MB%n",
          entry.getKey(),
          Spread.of(each.rounds, "cpu", 1),
          Spread.of(each.rounds, "last50", 1e-3),
          Spread.of(each.rounds, "each99", 1e-3),
          each.server.residentMegabytes());
      if (reference != null && each != reference) {
        System.out.printf(
            "%-16s / %s: CPU %s; last member %s%n",
            "",
            REFERENCE,
            Spread.ofRatios(each.rounds, reference.rounds, "cpu"),
            Spread.ofRatios(each.rounds, reference.rounds, "last50"));
      }
      if (others) {
        System.out.printf(
            "%-16s another room meanwhile: 50 %% %s ms, 99 %% %s ms, longest %s ms%n",
            "",
            Spread.of(each.rounds, "other50", 1e-3),
            Spread.of(each.rounds, "other99", 1e-3),
            Spread.of(each.rounds, "otherMax", 1e-3));
      }
      clean &= each.rounds.stream().allMatch(round -> round.get("lost") + round.get("wrong") == 0);
    }
    System.out.println(clean ? "every byte came to everyone" : "BYTES WERE LOST OR WRONG");
    return clean && noticed(contenders);
  }

  /** The room is told of those that did not read. */
  private boolean noticed(Map<String, Contender> contenders) throws IOException {
    boolean all = true;
    for (Map.Entry<String, Contender> entry : contenders.entrySet()) {
      if (entry.getKey().endsWith(" +slow") && !entry.getKey().startsWith("netty")) {
        Contender each = entry.getValue();
        String notice = each.load.awaitNotice(60);
        System.out.printf("%-16s was told: %s%n", entry.getKey(), notice);
        all &= !notice.equals("none");
      }
    }
    return all;
  }

  private static Path root() {
    String root = System.getProperty("bench.root");
    if (root == null) {
      throw new IllegalStateException("start it by bench/run-fanout.sh");
    }
    return Path.of(root);
  }
}
