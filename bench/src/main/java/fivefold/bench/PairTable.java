package fivefold.bench;

import fivefold.lab.record.Ratio;
import fivefold.lab.record.Results;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Each pair of rivals as a ratio, taken within each round, with its middle and its ends. */
final class PairTable {
  private PairTable() {}

  /** Lines; a pair of which one did not run has none. */
  static List<String> of(Results results) {
    return of(results, Peers.pairs());
  }

  static List<String> of(Results results, List<Peers.Pair> pairs) {
    return pairs.stream().map(pair -> line(results, pair)).flatMap(Optional::stream).toList();
  }

  private static Optional<String> line(Results results, Peers.Pair pair) {
    List<RoundFigures> own = rounds(results, pair.row());
    List<RoundFigures> other = rounds(results, pair.against());
    if (own.isEmpty() || own.size() != other.size()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%-30s  %s   %s",
            pair.row() + " / " + pair.against(),
            text(own, other, RoundFigures::cpuMicros),
            text(own, other, RoundFigures::requestsPerSecond)));
  }

  private static List<RoundFigures> rounds(Results results, String name) {
    return results.rows().stream()
        .filter(row -> row.name().equals(name))
        .map(Row::rounds)
        .findFirst()
        .orElse(List.of());
  }

  private static String text(
      List<RoundFigures> own,
      List<RoundFigures> other,
      Function<RoundFigures, @Nullable Double> figure) {
    double[] of = values(own, figure);
    double[] to = values(other, figure);
    if (of.length != to.length || of.length == 0) {
      return "not measured            ";
    }
    Ratio ratio = Ratio.of(of, to);
    return String.format(
        Locale.ROOT,
        "%.3f  %.3f..%.3f %-7s",
        ratio.median(),
        ratio.min(),
        ratio.max(),
        switch (ratio.verdict()) {
          case LOWER -> "lower";
          case HIGHER -> "higher";
          case TOO_FEW_ROUNDS -> "few";
          default -> "same";
        });
  }

  private static double[] values(
      List<RoundFigures> rounds, Function<RoundFigures, @Nullable Double> figure) {
    return rounds.stream()
        .map(figure)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
