package fivefold.net.loop;

import fivefold.net.Availability;
import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.Engine;
import fivefold.net.IoModel;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The models of a room that are a reactor over a poller each. */
public final class ReactorModels {
  private final Map<IoModel, PollerFactory> pollers = new EnumMap<>(IoModel.class);

  public ReactorModels(List<PollerFactory> factories) {
    factories.forEach(factory -> pollers.put(factory.model(), factory));
  }

  public Set<IoModel> models() {
    return pollers.keySet();
  }

  public Availability availability(IoModel model) {
    return require(model).availability();
  }

  /** A reactor whose connections' calls run where {@code strands} says. */
  public Engine stream(
      IoModel model,
      StreamOptions options,
      Supplier<? extends StreamHandler> handlers,
      StrandSource strands) {
    return new Reactor(require(model), options, handlers, strands);
  }

  /** A reactor for UDP. */
  public Engine datagram(IoModel model, DatagramOptions options, DatagramHandler handler) {
    return new DatagramReactor(require(model), options, handler);
  }

  private PollerFactory require(IoModel model) {
    PollerFactory factory = pollers.get(model);
    if (factory == null) {
      throw new IllegalArgumentException("model " + model + " is not of this room");
    }
    return factory;
  }
}
