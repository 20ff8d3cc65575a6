package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A thread for each connection: how many of them wait at once, and whether cores limit that. */
final class ThreadLimit implements Exhibit {
  private static final long HANDLING_NANOS = 100_000_000;

  @Override
  public String name() {
    return "thread-limit";
  }

  @Override
  public Outcome run(Scale scale) throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    int most = scale.of(1000, 150);
    measure(IoModel.THREAD, 2); // warms up
    Crowd virtual = measure(IoModel.VIRTUAL, most);
    List<Crowd> crowds = new ArrayList<>();
    for (int clients : new int[] {cores, most / 10, most}) {
      crowds.add(measure(IoModel.THREAD, clients));
    }
    return judge(cores, crowds, virtual);
  }

  /** So many asked at once: when the last had its reply, and what the process had grown by. */
  private record Crowd(int clients, long lastNanos, long addedThreads, long addedBytes) {}

  private static Outcome judge(int cores, List<Crowd> crowds, Crowd virtual) {
    Crowd all = crowds.getLast();
    double ifLimited = (double) all.clients() / cores * HANDLING_NANOS;
    double faster = Amounts.ratio(ifLimited, (double) all.lastNanos());
    Words numbers =
        Outcome.numbers()
            .with("cores", cores)
            .with("clients", Amounts.count(all.clients()))
            .with("last", Amounts.time(all.lastNanos()))
            .with("limited", Amounts.time(ifLimited))
            .with("threads", Amounts.count(all.addedThreads()))
            .with("perThread", kibibytes(all))
            .with("perVirtual", kibibytes(virtual))
            .with("virtualThreads", Amounts.count(virtual.addedThreads()));
    List<Bar> bars = new ArrayList<>();
    crowds.forEach(crowd -> bars.add(bar("bar.thread", crowd)));
    bars.add(bar("bar.virtual", virtual));
    bars.add(
        Bar.of(Words.of("bar.limited").with("cores", cores), ifLimited, Amounts.time(ifLimited)));
    return Outcome.judged(
        faster > 5 && all.addedThreads() >= all.clients() * 0.9,
        3,
        numbers,
        List.of(new Figure.Bars(Words.of("figure.last"), bars), table(crowds, virtual)));
  }

  private static Bar bar(String label, Crowd crowd) {
    return Bar.of(
        Words.of(label).with("count", Amounts.count(crowd.clients())),
        crowd.lastNanos(),
        Amounts.time(crowd.lastNanos()));
  }

  private static Figure table(List<Crowd> crowds, Crowd virtual) {
    List<List<Words>> rows = new ArrayList<>();
    crowds.forEach(crowd -> rows.add(row("thread", crowd)));
    rows.add(row("virtual", virtual));
    return new Figure.Table(
        Words.of("figure.cost"),
        List.of(Words.of("model"), Words.of("asked"), Words.of("threads"), Words.of("memory")),
        rows);
  }

  private static List<Words> row(String model, Crowd crowd) {
    return List.of(
        Words.of(model),
        Words.of(Amounts.count(crowd.clients())),
        Words.of(Amounts.count(crowd.addedThreads())),
        Words.of(kibibytes(crowd)));
  }

  private static String kibibytes(Crowd crowd) {
    return Amounts.number(Math.max(0, crowd.addedBytes()) / 1024.0 / crowd.clients()) + " KiB";
  }

  private static Crowd measure(IoModel model, int clients) throws IOException {
    OwnProcess before = OwnProcess.settled();
    try (Server server = Server.tcp(0, Sleeping::new).model(model).backlog(clients).start();
        Clients crowd = Clients.connect(server, clients)) {
      long begin = System.nanoTime();
      crowd.ask();
      OwnProcess during = OwnProcess.now(); // each thread was there when its connection came
      crowd.awaitReplies();
      return new Crowd(
          clients,
          System.nanoTime() - begin,
          during.threads() - before.threads(),
          during.residentBytes() - before.residentBytes());
    }
  }

  /** What a handler does that waits for a database. */
  private static final class Sleeping implements StreamHandler {
    @Override
    public void onReceive(Connection connection, ByteBuffer data) throws InterruptedException {
      Thread.sleep(Duration.ofNanos(HANDLING_NANOS));
      connection.send(data);
    }
  }
}
