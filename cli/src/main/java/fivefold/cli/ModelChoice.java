package fivefold.cli;

import fivefold.net.Availability;
import fivefold.net.IoModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The model that was named, or the best there is when none was.
 *
 * @param model what to run
 * @param passedOver why each better one was not taken; empty for a model that was named
 */
record ModelChoice(IoModel model, List<String> passedOver) {
  static final String AUTO = "auto";

  /** The best first; the last one runs on every platform. */
  private static final List<IoModel> BEST_FIRST = List.of(IoModel.EPOLL, IoModel.NIO);

  /**
   * Those of the plan that this build has not: a model that is built leaves this list by itself.
   */
  static final List<String> PLANNED =
      Stream.of("process", "kqueue", "signal", "io_uring", "aio")
          .filter(word -> IoModel.all().stream().noneMatch(model -> model.word().equals(word)))
          .toList();

  static ModelChoice of(String word) {
    return word.equals(AUTO) ? best() : new ModelChoice(parse(word), List.of());
  }

  private static ModelChoice best() {
    List<String> passedOver = new ArrayList<>();
    for (IoModel model : BEST_FIRST) {
      if (!(model.availability() instanceof Availability.Unavailable unavailable)) {
        return new ModelChoice(model, passedOver);
      }
      passedOver.add(model + ": " + unavailable.reason());
    }
    throw new FailureException(
        "no model is available here ("
            + String.join("; ", passedOver)
            + "); see 'fivefold models' for the others");
  }

  private static IoModel parse(String word) {
    if (PLANNED.contains(word)) {
      throw new UsageException(
          "model '" + word + "' is planned and not there yet; see 'fivefold models' for what is");
    }
    try {
      return IoModel.parse(word);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + NearMiss.hint(word, words()), e);
    }
  }

  private static List<String> words() {
    return Stream.concat(Stream.of(AUTO), IoModel.all().stream().map(IoModel::word)).toList();
  }
}
