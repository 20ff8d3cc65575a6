package fivefold.testkit.sim;

import fivefold.net.OutboxLimits;
import fivefold.net.ServerListener;
import fivefold.net.ServerStats;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.loop.Reactor;
import fivefold.net.loop.StrandSource;
import fivefold.testkit.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One run of the real reactor, with one loop, over a simulated network.
 *
 * <pre>{@code
 * SimNetwork network = new SimNetwork(seed, SimFaults.MANY);
 * network.addPeer(new SimScript(10_000, 500, 1_000_000, false));
 * ServerStats stats = Simulation.run(network, false, OutboxLimits.DEFAULT, recorder, recorder);
 * }</pre>
 */
public final class Simulation {
  private Simulation() {}

  /**
   * Serves until nothing more can happen by itself, then stops.
   *
   * @param edgeTriggered how the poller tells of readiness
   * @return the server's counts at that moment
   */
  public static ServerStats run(
      SimNetwork network,
      boolean edgeTriggered,
      OutboxLimits limits,
      Supplier<? extends StreamHandler> handlers,
      ServerListener listener)
      throws IOException, InterruptedException {
    CountDownLatch quiet = new CountDownLatch(1);
    Reactor reactor =
        new Reactor(
            new SimPollerFactory(network, edgeTriggered, quiet::countDown),
            options(limits, listener),
            handlers,
            StrandSource.onLoop());
    reactor.start();
    try {
      if (!quiet.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the loop turns without end at " + network.nowNanos() + " ns");
      }
      return reactor.stats();
    } finally {
      reactor.stopAccepting();
      reactor.abort();
      reactor.terminate();
    }
  }

  private static StreamOptions options(OutboxLimits limits, ServerListener listener) {
    return new StreamOptions(
        new InetSocketAddress(0),
        1,
        1,
        0,
        128,
        true,
        true,
        false,
        0,
        0,
        1000,
        0,
        // None: it would be the one thing that always still happens.
        Duration.ZERO,
        limits,
        listener,
        null);
  }
}
