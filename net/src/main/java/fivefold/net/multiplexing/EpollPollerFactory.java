package fivefold.net.multiplexing;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.loop.NativeAvailability;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.Transport;
import java.io.IOException;

/** Makes epoll(7) pollers: level-triggered, edge-triggered or one-shot. */
public final class EpollPollerFactory implements PollerFactory {
  private final IoModel model;
  private final EpollPoller.Trigger trigger;

  /** Level-triggered. */
  public EpollPollerFactory() {
    this(IoModel.EPOLL, EpollPoller.Trigger.LEVEL);
  }

  EpollPollerFactory(IoModel model, EpollPoller.Trigger trigger) {
    this.model = model;
    this.trigger = trigger;
  }

  @Override
  public IoModel model() {
    return model;
  }

  @Override
  public Availability availability() {
    return NativeAvailability.get();
  }

  @Override
  public Poller open() throws IOException {
    return new EpollPoller(trigger);
  }

  @Override
  public Transport transport() {
    return new NativeTransport();
  }

  @Override
  public int rank() {
    return 1;
  }
}
