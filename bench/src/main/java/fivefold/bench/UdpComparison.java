package fivefold.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** CPU time of a UDP echo per datagram, side by side: bench/run-udp.sh starts it. */
public final class UdpComparison {
  private static final int BYTES = 64;
  private static final int WARMUP_MILLIS = 3000;
  private static final List<String> SERVERS =
      List.of("epoll 64", "epoll 1", "io_uring 64", "netty 64", "netty 1");

  /** One server process, and what was measured of it. */
  private static final class Peer implements AutoCloseable {
    final String name;
    final Process process;
    final UdpLoad load;
    final List<Double> micros = new ArrayList<>();
    final List<Double> perSecond = new ArrayList<>();

    Peer(String name, int window, boolean rising) throws IOException {
      this.name = name;
      List<String> command = new ArrayList<>(Peers.nettyCommand());
      command.add(UdpEcho.class.getName());
      command.addAll(List.of(name.split(" ", -1)));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      int port = Integer.parseInt(String.valueOf(out.readLine()).strip());
      load = new UdpLoad(new InetSocketAddress("127.0.0.1", port), window, BYTES, rising);
    }

    void round(long millis) {
      long before = cpuNanos();
      long startNanos = System.nanoTime();
      long answers = load.run(millis);
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      micros.add((cpuNanos() - before) / 1e3 / answers);
      perSecond.add(answers / seconds);
    }

    private long cpuNanos() {
      return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    @Override
    public void close() {
      load.close();
      process.destroy();
    }
  }

  private UdpComparison() {}

  /**
   * Rounds, their length in milliseconds, how many datagrams are in flight, and 1 for sizes that
   * rise, so that no two replies can leave as one message.
   */
  public static void main(String[] arguments) throws IOException {
    int rounds = argument(arguments, 0, 10);
    int millis = argument(arguments, 1, 1000);
    int window = argument(arguments, 2, 64);
    boolean rising = argument(arguments, 3, 0) > 0;
    List<Peer> peers = new ArrayList<>();
    try {
      for (String server : SERVERS) {
        peers.add(new Peer(server, window, rising));
      }
      peers.forEach(peer -> peer.load.run(WARMUP_MILLIS));
      for (int i = 0; i < rounds; i++) {
        peers.forEach(peer -> peer.round(millis));
      }
      print(peers, window, rising);
    } finally {
      peers.forEach(Peer::close);
    }
  }

  private static int argument(String[] arguments, int index, int fallback) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : fallback;
  }

  private static void print(List<Peer> peers, int window, boolean rising) {
    System.out.printf(
        "UDP echo of %d bytes%s, %d in flight%n", BYTES, rising ? " and more" : "", window);
    for (Peer peer : peers) {
      System.out.printf(
          Locale.ROOT,
          "%-12s %s us of CPU per datagram, %s per second, %d lost%n",
          peer.name,
          spread(peer.micros, "%.2f"),
          spread(peer.perSecond, "%.0f"),
          peer.load.lost());
    }
    pair(peers, "epoll 64", "epoll 1");
    pair(peers, "epoll 64", "netty 64");
    pair(peers, "epoll 64", "netty 1");
    pair(peers, "io_uring 64", "epoll 1");
    pair(peers, "io_uring 64", "netty 64");
  }

  /** The ratio within each round. */
  private static void pair(List<Peer> peers, String one, String other) {
    List<Double> of = find(peers, one).micros;
    List<Double> against = find(peers, other).micros;
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      ratios.add(of.get(i) / against.get(i));
    }
    System.out.printf("%-28s %s%n", one + " / " + other, spread(ratios, "%.2f"));
  }

  private static Peer find(List<Peer> peers, String name) {
    return peers.stream().filter(peer -> peer.name.equals(name)).findFirst().orElseThrow();
  }

  /** The middle, and the ends. */
  private static String spread(List<Double> values, String format) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        format + " (" + format + ".." + format + ")",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
