package fivefold.net;

import java.util.Set;
import java.util.function.Supplier;

/**
 * A room of I/O models: what {@link Server} finds by {@link java.util.ServiceLoader}, so that the
 * public API names no model's implementation and the models stay leaves of the dependency tree.
 *
 * <p>A room is declared twice: by {@code provides} in {@code module-info.java} for the module path,
 * and in {@code META-INF/services} for the class path, where no module descriptor is read.
 */
public interface EngineProvider {

  Set<IoModel> models();

  Availability availability(IoModel model);

  /** Whether {@link #datagram} makes an engine for this model. */
  default boolean servesDatagrams(IoModel model) {
    return true;
  }

  /** Which Unix sockets {@link #stream} makes an engine for. */
  default UnixSockets unixSockets(IoModel model) {
    return UnixSockets.NONE;
  }

  Engine stream(IoModel model, StreamOptions options, Supplier<? extends StreamHandler> handlers);

  Engine datagram(IoModel model, DatagramOptions options, DatagramHandler handler);
}
