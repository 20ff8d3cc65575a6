package fivefold.net.multiplexing;

import fivefold.net.Availability;
import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.Engine;
import fivefold.net.EngineProvider;
import fivefold.net.IoModel;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.UnixSockets;
import fivefold.net.loop.ReactorModels;
import fivefold.net.loop.StrandSource;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The room of the multiplexing models. */
public final class MultiplexingRoom implements EngineProvider {

  @Override
  public Set<IoModel> models() {
    return models.models();
  }

  // java.nio's handles are counted by the factory, so each engine is given factories of its own.
  private final ReactorModels models = newModels();

  private static ReactorModels newModels() {
    return new ReactorModels(
        List.of(
            new SelectPollerFactory(),
            new PollPollerFactory(),
            new EpollPollerFactory(),
            new EpollPollerFactory(IoModel.EPOLL_ET, EpollPoller.Trigger.EDGE),
            new EpollPollerFactory(IoModel.EPOLL_POOL, EpollPoller.Trigger.ONE_SHOT),
            new KqueuePollerFactory(),
            new NioPollerFactory()));
  }

  @Override
  public Availability availability(IoModel model) {
    return models.availability(model);
  }

  @Override
  public UnixSockets unixSockets(IoModel model) {
    return model == IoModel.NIO ? UnixSockets.FILES : UnixSockets.FILES_AND_NAMES;
  }

  @Override
  public Engine stream(
      IoModel model, StreamOptions options, Supplier<? extends StreamHandler> handlers) {
    StrandSource strands =
        model == IoModel.EPOLL_POOL ? new PoolStrands(options.workers()) : StrandSource.onLoop();
    return newModels().stream(model, options, handlers, strands);
  }

  @Override
  public Engine datagram(IoModel model, DatagramOptions options, DatagramHandler handler) {
    return newModels().datagram(model, options, handler);
  }
}
