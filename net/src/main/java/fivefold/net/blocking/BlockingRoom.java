package fivefold.net.blocking;

import fivefold.net.Availability;
import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.Engine;
import fivefold.net.EngineProvider;
import fivefold.net.IoModel;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.UnixSockets;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** The room of the blocking models. */
public final class BlockingRoom implements EngineProvider {

  @Override
  public Set<IoModel> models() {
    return EnumSet.of(IoModel.THREAD, IoModel.POOL, IoModel.VIRTUAL);
  }

  @Override
  public Availability availability(IoModel model) {
    return new Availability.Available();
  }

  @Override
  public UnixSockets unixSockets(IoModel model) {
    return UnixSockets.FILES;
  }

  @Override
  public Engine stream(
      IoModel model, StreamOptions options, Supplier<? extends StreamHandler> handlers) {
    return new BlockingEngine(
        options, handlers, workers(model, options.workers(), options.listener()));
  }

  @Override
  public Engine datagram(IoModel model, DatagramOptions options, DatagramHandler handler) {
    int receivers = model == IoModel.POOL ? options.workers() : 1;
    return new BlockingDatagramEngine(
        options, handler, receivers, workers(model, receivers, options.listener()));
  }

  private static Workers workers(IoModel model, int count, ServerListener listener) {
    return switch (model) {
      case THREAD -> Workers.platform();
      case POOL -> Workers.pool(count, listener);
      case VIRTUAL -> Workers.virtual();
      default -> throw new IllegalArgumentException("model " + model + " is not of this room");
    };
  }
}
