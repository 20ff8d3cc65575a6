package fivefold.cli;

import fivefold.net.IoModel;
import fivefold.net.ModelChoice;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what {@code auto} chose, from what, and why none of the others. */
final class ChoiceLines {
  private ChoiceLines() {}

  /** One line for the choice and one for each other; none for a model that was named. */
  static List<String> of(ModelChoice choice) {
    if (choice.order().size() < 2) {
      return List.of();
    }
    return Stream.concat(
            Stream.of(taken(choice)),
            choice.passedOver().stream().map(other -> "auto passed over " + other))
        .toList();
  }

  /** The choice and its order. */
  static String taken(ModelChoice choice) {
    return "auto takes "
        + choice.model()
        + "; it tries "
        + choice.order().stream().map(IoModel::word).collect(Collectors.joining(", "))
        + " in this order";
  }
}
