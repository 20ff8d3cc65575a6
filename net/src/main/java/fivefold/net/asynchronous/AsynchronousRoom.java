package fivefold.net.asynchronous;

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
import fivefold.sys.UringProbe;
import java.util.Set;
import java.util.function.Supplier;

/** The room of the asynchronous models. */
public final class AsynchronousRoom implements EngineProvider {

  @Override
  public Set<IoModel> models() {
    return Set.of(IoModel.IO_URING, IoModel.AIO);
  }

  @Override
  public Availability availability(IoModel model) {
    if (model == IoModel.AIO) {
      return new Availability.Available();
    }
    return UringProbe.ofThisSystem()
        .unavailable()
        .map(NativeAvailability::unavailable)
        .orElseGet(Availability.Available::new);
  }

  /** java.nio has no asynchronous datagram channels. */
  @Override
  public boolean servesDatagrams(IoModel model) {
    return model != IoModel.AIO;
  }

  @Override
  public UnixSockets unixSockets(IoModel model) {
    // NIO.2's channels are of the Internet only (AsynchronousServerSocketChannel.open).
    return model == IoModel.AIO ? UnixSockets.NONE : UnixSockets.FILES_AND_NAMES;
  }

  @Override
  public Engine stream(
      IoModel model, StreamOptions options, Supplier<? extends StreamHandler> handlers) {
    return model == IoModel.AIO
        ? new AioEngine(options, handlers)
        : new UringEngine(options, handlers);
  }

  @Override
  public Engine datagram(IoModel model, DatagramOptions options, DatagramHandler handler) {
    return new UringDatagramEngine(options, handler);
  }
}
