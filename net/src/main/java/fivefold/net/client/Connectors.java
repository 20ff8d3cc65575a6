package fivefold.net.client;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import fivefold.net.loop.Connector;
import fivefold.net.loop.PollerFactory;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The loops of all clients: one for each model, from its first use to the end of the JVM. */
final class Connectors {
  private static final Map<IoModel, Connector> STARTED = new EnumMap<>(IoModel.class);

  private Connectors() {}

  /** The loop of this model; of the best one for null. */
  static synchronized Connector of(@Nullable IoModel model) throws IOException {
    PollerFactory pollers = model == null ? PollerFactory.best() : find(model);
    Connector connector = STARTED.get(pollers.model());
    if (connector == null) {
      connector = Connector.start("fivefold-client-" + pollers.model().word(), pollers);
      STARTED.put(pollers.model(), connector);
    }
    return connector;
  }

  private static PollerFactory find(IoModel model) throws IOException {
    List<PollerFactory> all = PollerFactory.all();
    for (PollerFactory each : all) {
      if (each.model() == model) {
        if (each.availability() instanceof Availability.Unavailable why) {
          throw new IOException(
              "model '" + model + "' is not available: " + why.reason() + "; " + why.remedy());
        }
        return each;
      }
    }
    throw new IOException(
        "no client on the model "
            + model
            + "; expected one of "
            + all.stream().map(each -> each.model().word()).collect(Collectors.joining(", ")));
  }
}
