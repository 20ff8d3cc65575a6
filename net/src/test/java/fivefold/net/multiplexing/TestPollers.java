package fivefold.net.multiplexing;

import fivefold.net.IoModel;
import fivefold.net.loop.PollerFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Named;

/** Every multiplexing mechanism, for the tests of all packages. */
public final class TestPollers {
  private TestPollers() {}

  public static List<Named<PollerFactory>> available() {
    List<PollerFactory> all = new ArrayList<>(PollerFactory.all());
    all.add(edge());
    all.add(oneShot());
    return all.stream()
        .filter(factory -> factory.availability().isAvailable())
        .map(factory -> Named.of(factory.model().word(), factory))
        .toList();
  }

  /** Those that watch descriptors of the system. */
  public static List<Named<PollerFactory>> ofDescriptors() {
    return available().stream().filter(named -> named.getPayload().model() != IoModel.NIO).toList();
  }

  public static PollerFactory edge() {
    return new EpollPollerFactory(IoModel.EPOLL_ET, EpollPoller.Trigger.EDGE);
  }

  public static PollerFactory oneShot() {
    return new EpollPollerFactory(IoModel.EPOLL_POOL, EpollPoller.Trigger.ONE_SHOT);
  }
}
