package fivefold.cli;

import fivefold.net.IoModel.Family;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Models one may look for and this build has not: each with its reason. */
final class UnbuiltModels {
  /**
   * One of them.
   *
   * @param waits who waits where, in one line
   * @param why asked only when it is to be said: it may look for a library
   */
  record Unbuilt(String word, Family family, String waits, Supplier<String> why) {
    /** Why it is not there, in one line. */
    String reason() {
      return why.get();
    }
  }

  static final List<Unbuilt> ALL =
      List.of(
          new Unbuilt(
              "devpoll",
              Family.MULTIPLEXING,
              "Solaris /dev/poll",
              () -> "no JDK 25 exists for that platform"));

  private UnbuiltModels() {}

  static Optional<Unbuilt> find(String word) {
    return ALL.stream().filter(unbuilt -> unbuilt.word().equals(word)).findFirst();
  }
}
