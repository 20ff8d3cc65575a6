package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.sys.NativeException;
import fivefold.sys.Poll;
import fivefold.sys.Sockets;
import java.util.ArrayList;
import java.util.List;

/** A read is a wait for data, and then a copy out of the kernel. Each is timed by itself. */
final class TwoPhases implements Exhibit {
  private static final int[] SIZES = {64, 8 << 10, 128 << 10};
  private static final int SEND_BUFFER_BYTES = 1 << 20;

  @Override
  public String name() {
    return "two-phases";
  }

  @Override
  public Outcome run(Scale scale) throws NativeException {
    int times = scale.of(25, 9);
    long delayNanos = scale.of(20, 8) * 1_000_000L;
    List<Phases> measured = new ArrayList<>();
    receive(SIZES[0], 50, 0); // warms up
    for (int bytes : SIZES) {
      measured.add(receive(bytes, times, delayNanos));
    }
    List<Phases> there = new ArrayList<>();
    for (int bytes : SIZES) {
      there.add(receive(bytes, 4 * times, 0));
    }
    return judge(measured, there);
  }

  /** Medians in nanoseconds. */
  private record Phases(int bytes, double waiting, double copying) {
    double share() {
      return waiting / (waiting + copying);
    }
  }

  private static Outcome judge(List<Phases> measured, List<Phases> there) {
    Phases later = measured.getFirst();
    Phases small = there.getFirst(); // a thread that has just been woken finds its caches cold
    Phases large = there.getLast();
    double growth = Amounts.ratio(large.copying(), small.copying());
    Words numbers =
        Outcome.numbers()
            .with("wait", Amounts.time(later.waiting()))
            .with("copySmall", Amounts.time(small.copying()))
            .with("copyLarge", Amounts.time(large.copying()))
            .with("growth", Amounts.number(growth))
            .with("share", Amounts.percent(later.share()))
            .with("there", Amounts.time(small.waiting()));
    boolean shown =
        measured.stream().allMatch(phases -> phases.share() > 0.9)
            && growth > 2
            && small.waiting() < later.waiting() / 5;
    return Outcome.judged(shown, 2, numbers, List.of(table(measured, there), copies(there)));
  }

  private static Figure table(List<Phases> measured, List<Phases> there) {
    List<List<Words>> rows = new ArrayList<>();
    measured.forEach(phases -> rows.add(row(Words.of("later"), phases)));
    there.forEach(phases -> rows.add(row(Words.of("there"), phases)));
    return new Figure.Table(
        Words.of("figure.phases"),
        List.of(Words.of("data"), Words.of("size"), Words.of("wait"), Words.of("copy")),
        rows);
  }

  private static List<Words> row(Words when, Phases phases) {
    return List.of(
        when,
        Words.of(Amounts.count(phases.bytes()) + " B"),
        Words.of(Amounts.time(phases.waiting())),
        Words.of(Amounts.time(phases.copying())));
  }

  private static Figure copies(List<Phases> there) {
    List<Bar> bars = new ArrayList<>();
    for (Phases phases : there) {
      String size = Amounts.count(phases.bytes()) + " B";
      bars.add(Bar.of(Words.of(size), phases.copying(), Amounts.time(phases.copying())));
    }
    return new Figure.Bars(Words.of("figure.copy"), bars);
  }

  private static Phases receive(int bytes, int times, long delayNanos) throws NativeException {
    double[] waits = new double[times];
    double[] copies = new double[times];
    try (SocketPair pair = SocketPair.messages();
        Block in = Block.of(bytes);
        Block out = Block.of(bytes);
        Block asked = Block.of(Poll.ENTRY_BYTES)) {
      Sockets.setOption(pair.far(), Sockets.SOL_SOCKET, Sockets.SO_SNDBUF, SEND_BUFFER_BYTES);
      Poll.put(asked.address(), 0, pair.near(), Poll.POLLIN);
      for (int i = 0; i < times; i++) {
        Runnable send = () -> Sockets.send(pair.far(), out.address(), bytes, Sockets.MSG_NOSIGNAL);
        if (delayNanos == 0) {
          send.run();
        }
        try (Feeder peer = Feeder.after(delayNanos, delayNanos == 0 ? () -> {} : send)) {
          long begin = System.nanoTime();
          Poll.poll(asked.address(), 1, 1000);
          long ready = System.nanoTime();
          long received = Sockets.recv(pair.near(), in.address(), bytes, Sockets.MSG_DONTWAIT);
          long end = System.nanoTime();
          if (received != bytes) {
            throw NativeException.of("recv", (int) Math.min(received, 0));
          }
          waits[i] = ready - begin;
          copies[i] = end - ready;
        }
      }
    }
    return new Phases(bytes, Amounts.median(waits), Amounts.median(copies));
  }
}
