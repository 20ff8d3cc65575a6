package fivefold.net;

import java.util.EnumMap;
import java.util.Map;

/** Finds the room that holds a model. */
final class Engines {
  private static final Map<IoModel, EngineProvider> PROVIDERS = load();

  private static final Availability.Unavailable NO_DATAGRAMS =
      new Availability.Unavailable(
          "it has no datagrams",
          "take another model for UDP, such as nio, or serve TCP on it (--tcp)");

  private Engines() {}

  private static Map<IoModel, EngineProvider> load() {
    Map<IoModel, EngineProvider> found = new EnumMap<>(IoModel.class);
    for (EngineProvider provider : Providers.of(EngineProvider.class)) {
      provider.models().forEach(model -> found.putIfAbsent(model, provider));
    }
    return found;
  }

  static Availability availability(IoModel model) {
    EngineProvider provider = PROVIDERS.get(model);
    return provider == null
        ? new Availability.Unavailable(
            "no room of this build provides " + model, "put the whole of fivefold.net on the path")
        : provider.availability(model);
  }

  static boolean servesDatagrams(IoModel model) {
    EngineProvider provider = PROVIDERS.get(model);
    return provider != null && provider.servesDatagrams(model);
  }

  /** The same, of one that serves UDP. */
  static EngineProvider requireDatagrams(IoModel model) throws ModelUnavailableException {
    EngineProvider provider = require(model);
    if (!provider.servesDatagrams(model)) {
      throw new ModelUnavailableException(model, NO_DATAGRAMS);
    }
    return provider;
  }

  static UnixSockets unixSockets(IoModel model) {
    EngineProvider provider = PROVIDERS.get(model);
    return provider == null ? UnixSockets.NONE : provider.unixSockets(model);
  }

  /**
   * The provider of an available model.
   *
   * @throws ModelUnavailableException with the reason and the remedy
   */
  static EngineProvider require(IoModel model) throws ModelUnavailableException {
    if (availability(model) instanceof Availability.Unavailable unavailable) {
      throw new ModelUnavailableException(model, unavailable);
    }
    EngineProvider provider = PROVIDERS.get(model);
    if (provider == null) {
      throw new AssertionError(model);
    }
    return provider;
  }
}
