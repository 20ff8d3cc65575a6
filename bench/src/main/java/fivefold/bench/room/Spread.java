package fivefold.bench.room;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** A median, with the smallest and the largest. */
record Spread(double median, double least, double most) {

  static Spread of(List<Map<String, Double>> rounds, String figure, double factor) {
    return of(rounds.stream().mapToDouble(round -> round.get(figure) * factor).toArray());
  }

  /** Round by round, so that a slow phase of the machine meets both. */
  static Spread ofRatios(
      List<Map<String, Double>> rounds, List<Map<String, Double>> reference, String figure) {
    return of(
        IntStream.range(0, rounds.size())
            .mapToDouble(i -> rounds.get(i).get(figure) / reference.get(i).get(figure))
            .toArray());
  }

  private static Spread of(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    double median =
        values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    return new Spread(median, values[0], values[values.length - 1]);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f..%.2f)", median, least, most);
  }
}
