package fivefold.cli;

import fivefold.lab.load.Mix;
import java.util.List;

/** The word behind {@code --mix}. */
final class MixWord {
  private MixWord() {}

  /**
   * The mix of that name.
   *
   * @throws UsageException when there is none
   */
  static Mix of(String word) {
    try {
      return Mix.of(word);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException(
          "--mix is '"
              + word
              + "'; expected one of "
              + String.join(", ", Mix.words())
              + NearMiss.hint(word, Mix.words()));
    }
  }

  /**
   * Checks it against the other flags.
   *
   * @throws UsageException when they do not fit
   */
  static void check(String word, List<Integer> connections, boolean atRate) {
    Mix mix = of(word);
    if (atRate && !mix.allowsRate()) {
      throw new UsageException(
          "--mix "
              + word
              + " and --rate are both given; there each connection follows when one has closed");
    }
    for (int each : connections) {
      if (each < mix.leastConnections()) {
        throw new UsageException(
            "--mix "
                + word
                + " with --connections "
                + each
                + ": expected at least "
                + mix.leastConnections()
                + ", since some are slow and the others are measured");
      }
    }
  }
}
