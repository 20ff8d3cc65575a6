package fivefold.net.multiplexing;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.loop.NativeAvailability;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.Transport;
import java.io.IOException;

/** Makes select(2) pollers. */
public final class SelectPollerFactory implements PollerFactory {
  @Override
  public IoModel model() {
    return IoModel.SELECT;
  }

  @Override
  public Availability availability() {
    return NativeAvailability.get();
  }

  @Override
  public Poller open() throws IOException {
    return new SelectPoller();
  }

  @Override
  public Transport transport() {
    return new NativeTransport();
  }

  @Override
  public int rank() {
    return 3;
  }
}
