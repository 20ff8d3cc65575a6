package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Curve;
import fivefold.lab.exhibit.Figure.Point;
import fivefold.net.IoModel;
import fivefold.sys.Limits;
import fivefold.sys.Sockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Ten active descriptors among ever more idle ones: what one wait costs. */
final class IdleCrowd implements Exhibit {
  private static final int ACTIVE = 10;
  private static final int SPARE_DESCRIPTORS = 300;
  private static final int LEAST_ROUNDS = 9;
  private static final long POINT_NANOS = 500_000_000;

  @Override
  public String name() {
    return "idle-crowd";
  }

  @Override
  public Outcome run(Scale scale) throws IOException {
    int room =
        (int) Math.min(20_000, Limits.soft(Limits.RLIMIT_NOFILE) - open()) - SPARE_DESCRIPTORS;
    int most = Math.min(scale.of(20_000, 4_000), room);
    int rounds = scale.of(300, 60);
    List<Integer> sizes =
        Stream.of(100, 300, 1000, 3000, 10_000, most)
            .filter(size -> size <= most)
            .distinct()
            .toList();
    List<Curve> curves = new ArrayList<>();
    for (Watching.Kind kind : Watching.Kind.values()) {
      if (kind.isAvailable()) {
        curves.add(new Curve(Words.of(kind.word()), measure(kind, sizes, rounds)));
      }
    }
    return judge(curves);
  }

  private static long open() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  private static List<Point> measure(Watching.Kind kind, List<Integer> sizes, int rounds)
      throws IOException {
    List<Point> points = new ArrayList<>();
    List<Integer> idle = new ArrayList<>();
    try (Crowd active = new Crowd(ACTIVE);
        Watching watching = kind.watch()) {
      if (!watching.addActive(active.near())) {
        return points; // the numbers are too high already
      }
      for (int size : sizes) {
        while (idle.size() < size - ACTIVE) {
          int descriptor = socket();
          idle.add(descriptor);
          if (!watching.addIdle(descriptor)) {
            return points;
          }
        }
        waits(watching, active, points.isEmpty() ? 10 * rounds : rounds / 4); // warms up
        double[] nanos = waits(watching, active, rounds);
        points.add(new Point(size, Amounts.median(nanos) / 1e3));
      }
      return points;
    } finally {
      idle.forEach(fivefold.sys.Descriptors::close);
    }
  }

  /** Times so many waits, or as many as a point may take. */
  private static double[] waits(Watching watching, Crowd active, int most) throws IOException {
    double[] nanos = new double[most];
    long end = System.nanoTime() + POINT_NANOS;
    int done = 0;
    while (done < most && (done < LEAST_ROUNDS || System.nanoTime() - end < 0)) {
      active.stir();
      long cpu = ThreadTime.ownNanos();
      long begin = System.nanoTime();
      watching.awaitActive(ACTIVE);
      long passed = System.nanoTime() - begin;
      // On a busy machine others run in between; but to ask for CPU time takes time itself.
      nanos[done++] = Math.min(passed, ThreadTime.ownNanos() - cpu);
      active.calm();
    }
    return Arrays.copyOf(nanos, done);
  }

  /** One that nobody will ever send to. */
  private static int socket() throws IOException {
    int descriptor =
        Sockets.socket(
            Sockets.AF_INET, Sockets.SOCK_DGRAM | Sockets.SOCK_NONBLOCK | Sockets.SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
      throw fivefold.sys.NativeException.of("socket", descriptor);
    }
    return descriptor;
  }

  private static Outcome judge(List<Curve> curves) {
    Curve poll = named(curves, IoModel.POLL.word());
    Curve epoll = named(curves, IoModel.EPOLL.word());
    double few = poll.points().getFirst().x();
    double many = poll.points().getLast().x();
    double pollGrowth = growth(poll);
    double epollGrowth = growth(epoll);
    double ratio = poll.points().getLast().y() / epoll.points().getLast().y();
    Words numbers =
        Outcome.numbers()
            .with("few", Amounts.count((long) few))
            .with("many", Amounts.count((long) many))
            .with("pollFew", Amounts.time(poll.points().getFirst().y() * 1e3))
            .with("pollMany", Amounts.time(poll.points().getLast().y() * 1e3))
            .with("epollFew", Amounts.time(epoll.points().getFirst().y() * 1e3))
            .with("epollMany", Amounts.time(epoll.points().getLast().y() * 1e3))
            .with("growth", Amounts.number(pollGrowth))
            .with("epollGrowth", Amounts.number(epollGrowth))
            .with("ratio", Amounts.number(ratio));
    boolean shown = pollGrowth > 3 * epollGrowth && ratio > 3;
    return Outcome.judged(
        shown,
        2,
        numbers,
        List.of(
            new Figure.Curves(
                Words.of("figure.wait"), Words.of("watched"), Words.of("micros"), curves)));
  }

  private static Curve named(List<Curve> curves, String word) {
    return curves.stream()
        .filter(curve -> curve.label().key().equals(word))
        .findFirst()
        .orElseThrow();
  }

  private static double growth(Curve curve) {
    return curve.points().getLast().y() / curve.points().getFirst().y();
  }
}
