package fivefold.lab.exhibit;

import java.util.List;
import java.util.Optional;

/** All exhibits, in the order in which one may walk past them. */
public final class Exhibits {
  private static final List<Exhibit> ALL =
      List.of(
          new ThreeTasks(),
          new TwoPhases(),
          new FourQuadrants(),
          new BusyPolling(),
          new ThreadLimit(),
          new PoolLimit(),
          new SharedState(),
          new AlwaysWritable(),
          new DoubleDispatch(),
          new EdgeAndLevel(),
          new LongHandler(),
          new Fd1024(),
          new SlowConsumer(),
          new IsEpollAsync(),
          new IdleCrowd(),
          new CrowdLimits(),
          new ProcessCost(),
          new EventQueue(),
          new Resume());

  private Exhibits() {}

  public static List<Exhibit> all() {
    return ALL;
  }

  /** The exhibit of a name. */
  public static Optional<Exhibit> named(String name) {
    return ALL.stream().filter(exhibit -> exhibit.name().equals(name)).findFirst();
  }
}
