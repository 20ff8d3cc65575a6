package fivefold.cli;

import fivefold.lab.load.LoadPlan;
import fivefold.lab.load.Mix;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the load comes, as {@code load} and {@code compare} are told it. */
final class PaceFlags {
  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = {
        "Requests a second, over all connections: an open loop, where each counts from when it was"
            + " due (a closed loop: each reply sends the next request)."
      })
  @Nullable Integer rate;

  @Option(
      names = "--mix",
      paramLabel = "NAME",
      description = {
        "How the connections behave: steady (default): all ask all the time; idle: 10 of them;"
            + " slow-readers, slow-writers: one in ten is slow on purpose, and latency is the"
            + " others'; churn: connect, ask once, close; bursts: all at once, then a pause."
      })
  String mixWord = Mix.STEADY.word();

  /**
   * The mix of that name.
   *
   * @throws UsageException when there is none
   */
  Mix mix() {
    try {
      return Mix.of(mixWord);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException(
          "--mix is '"
              + mixWord
              + "'; expected one of "
              + String.join(", ", Mix.words())
              + NearMiss.hint(mixWord, Mix.words()));
    }
  }

  /**
   * Checks both against each other and the connections.
   *
   * @throws UsageException when they do not fit
   */
  void check(List<Integer> connections) {
    if (rate != null) {
      FlagRange.whole("--rate", rate, (int) LoadPlan.RATE_LIMIT);
    }
    Mix mix = mix();
    if (rate != null && !mix.allowsRate()) {
      throw new UsageException(
          "--mix "
              + mixWord
              + " and --rate are both given; there each connection follows when one has closed");
    }
    for (int each : connections) {
      if (each < mix.leastConnections()) {
        throw new UsageException(
            "--mix "
                + mixWord
                + " with --connections "
                + each
                + ": expected at least "
                + mix.leastConnections()
                + ", since some are slow and the others are measured");
      }
    }
  }
}
