package fivefold.net;

import fivefold.net.Availability.Unavailable;
import fivefold.net.ModelChoice.PassedOver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes the first model of a list that nothing speaks against. */
final class AutoModel {
  private AutoModel() {}

  /**
   * Chooses from {@link AutoOrder}.
   *
   * @throws IllegalStateException when not even {@code nio} is there: this build lacks its rooms
   */
  static ModelChoice best() {
    return best(AutoOrder.PLACES, AutoModel::objection);
  }

  static ModelChoice best(
      List<AutoOrder.Place> places, Function<IoModel, Optional<PassedOver>> objections) {
    List<IoModel> order = places.stream().map(AutoOrder.Place::model).toList();
    List<PassedOver> passedOver = new ArrayList<>();
    IoModel taken = null;
    for (AutoOrder.Place place : places) {
      if (taken != null) {
        // Not asked: to try io_uring takes time that nobody gains from.
        passedOver.add(new PassedOver(place.model(), place.whyNotFirst(), null));
        continue;
      }
      Optional<PassedOver> objection = objections.apply(place.model());
      objection.ifPresent(passedOver::add);
      taken = objection.isPresent() ? null : place.model();
    }
    if (taken == null) {
      throw new IllegalStateException("no model can run here: " + passedOver);
    }
    return new ModelChoice(taken, order, passedOver);
  }

  /** Chooses from what the caller named, in the caller's order. */
  static ModelChoice oneOf(List<IoModel> required) throws ModelUnavailableException {
    if (required.isEmpty()) {
      throw new IllegalArgumentException("no model is required; expected one or more");
    }
    List<PassedOver> passedOver = new ArrayList<>();
    for (int i = 0; i < required.size(); i++) {
      IoModel model = required.get(i);
      if (model.availability() instanceof Unavailable why) {
        passedOver.add(new PassedOver(model, why.reason(), why.remedy()));
      } else {
        required.stream()
            .skip(i + 1)
            .forEach(
                later -> passedOver.add(new PassedOver(later, "was named behind " + model, null)));
        return new ModelChoice(model, required, passedOver);
      }
    }
    throw new ModelUnavailableException(passedOver);
  }

  private static Optional<PassedOver> objection(IoModel model) {
    return model.availability() instanceof Unavailable why
        ? Optional.of(new PassedOver(model, why.reason(), why.remedy()))
        : Optional.empty();
  }
}
