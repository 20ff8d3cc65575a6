package fivefold.net.nonblocking;

import fivefold.net.Availability;
import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.Engine;
import fivefold.net.EngineProvider;
import fivefold.net.IoModel;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.UnixSockets;
import fivefold.net.loop.NativeAvailability;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.ReactorModels;
import fivefold.net.loop.StrandSource;
import fivefold.net.loop.Transport;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The room of the nonblocking model: busy polling. */
public final class NonblockingRoom implements EngineProvider {
  private final ReactorModels models = new ReactorModels(List.of(new SpinPollers()));

  private static final class SpinPollers implements PollerFactory {
    @Override
    public IoModel model() {
      return IoModel.NONBLOCKING;
    }

    @Override
    public Availability availability() {
      return NativeAvailability.get();
    }

    @Override
    public Poller open() {
      return new SpinPoller();
    }

    @Override
    public Transport transport() {
      return new NativeTransport();
    }

    @Override
    public int rank() {
      return Integer.MAX_VALUE;
    }
  }

  @Override
  public Set<IoModel> models() {
    return models.models();
  }

  @Override
  public Availability availability(IoModel model) {
    return models.availability(model);
  }

  @Override
  public UnixSockets unixSockets(IoModel model) {
    return UnixSockets.FILES_AND_NAMES;
  }

  @Override
  public Engine stream(
      IoModel model, StreamOptions options, Supplier<? extends StreamHandler> handlers) {
    return models.stream(model, options, handlers, StrandSource.onLoop());
  }

  @Override
  public Engine datagram(IoModel model, DatagramOptions options, DatagramHandler handler) {
    return models.datagram(model, options, handler);
  }
}
