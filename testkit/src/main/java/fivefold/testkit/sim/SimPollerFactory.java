package fivefold.testkit.sim;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.Transport;
import java.util.function.LongSupplier;

/** Gives the reactor the simulated poller, sockets and clock. */
record SimPollerFactory(SimNetwork network, boolean edgeTriggered, Runnable whenQuiet)
    implements PollerFactory {

  @Override
  public IoModel model() {
    // The one whose behaviour it has.
    return edgeTriggered ? IoModel.EPOLL_ET : IoModel.POLL;
  }

  @Override
  public Availability availability() {
    return new Availability.Available();
  }

  @Override
  public Poller open() {
    return new SimPoller(network, edgeTriggered, whenQuiet);
  }

  @Override
  public Transport transport() {
    return network;
  }

  @Override
  public LongSupplier clock() {
    return network::nowNanos;
  }

  @Override
  public int rank() {
    return Integer.MAX_VALUE;
  }
}
