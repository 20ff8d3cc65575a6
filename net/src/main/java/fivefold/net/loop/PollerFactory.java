package fivefold.net.loop;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Makes pollers of one mechanism, with the sockets they can watch. Found by {@link ServiceLoader},
 * so that the loop names no mechanism.
 */
public interface PollerFactory {

  IoModel model();

  Availability availability();

  Poller open() throws IOException;

  /** The sockets whose handles this mechanism's pollers watch. */
  Transport transport();

  /** The time its pollers wait by, in nanoseconds from any beginning; another in a simulation. */
  default LongSupplier clock() {
    return System::nanoTime;
  }

  /** Preference among the available for waiting on many descriptors; the lowest is the best. */
  int rank();

  /** All mechanisms, the best first. */
  static List<PollerFactory> all() {
    return ServiceLoader.load(PollerFactory.class, PollerFactory.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparingInt(PollerFactory::rank))
        .collect(Collectors.toList());
  }

  /** The best that can run here. */
  static PollerFactory best() throws IOException {
    return all().stream()
        .filter(factory -> factory.availability().isAvailable())
        .findFirst()
        .orElseThrow(() -> new IOException("no poller can run on this machine"));
  }
}
