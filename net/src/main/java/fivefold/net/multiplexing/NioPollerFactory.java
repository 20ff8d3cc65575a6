package fivefold.net.multiplexing;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.Transport;
import java.io.IOException;

/**
 * Makes java.nio pollers. A poller watches the channels of its factory's transport, so the
 * transport is made once.
 */
public final class NioPollerFactory implements PollerFactory {
  private final NioTransport transport = new NioTransport();

  @Override
  public IoModel model() {
    return IoModel.NIO;
  }

  @Override
  public Availability availability() {
    return new Availability.Available();
  }

  @Override
  public Poller open() throws IOException {
    return new NioPoller(transport);
  }

  @Override
  public Transport transport() {
    return transport;
  }

  /** The last, but on a platform whose own calls we do not make it is the best. */
  @Override
  public int rank() {
    return 4;
  }
}
