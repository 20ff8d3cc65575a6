package fivefold.lab.load;

import java.net.SocketAddress;
import java.util.List;

/**
 * Looks at the connections of a running load, five times a second. Called on the load's own thread,
 * which sends nothing meanwhile: hand the samples on, and return.
 */
@FunctionalInterface
public interface ConnectionWatch {
  /** How far apart two looks are, about. */
  long INTERVAL_NANOS = 200_000_000;

  /**
   * The connections at this moment.
   *
   * @param server whom they are connected to
   * @param samples of all connections, in their order
   */
  void sampled(SocketAddress server, List<ConnectionSample> samples);
}
