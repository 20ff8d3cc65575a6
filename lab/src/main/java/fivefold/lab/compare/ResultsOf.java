package fivefold.lab.compare;

import fivefold.lab.record.LatencyPoint;
import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Summary;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Turns what was measured into the record of it. */
final class ResultsOf {
  private static final double[] CURVE_PERCENTILES = {
    0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.99, 99.999
  };

  private ResultsOf() {}

  static Results lanes(Settings settings, List<Lane> lanes, boolean complete) {
    List<RoundFigures> reference =
        lanes.stream()
            .filter(lane -> lane.name().equals(settings.reference()))
            .map(Lane::rounds)
            .findFirst()
            .orElse(List.of());
    List<Row> rows = lanes.stream().map(lane -> row(lane, reference)).toList();
    List<String> warnings = new ArrayList<>(Warnings.of(settings, rows));
    if (!complete) {
      warnings.addFirst("stopped early: the figures are those of the rounds that were finished");
    }
    return new Results(
        Results.SCHEMA,
        version(),
        ThisMachine.describe(),
        List.of(new Point(settings, complete, warnings, rows)));
  }

  private static Row row(Lane lane, List<RoundFigures> reference) {
    List<RoundFigures> rounds = List.copyOf(lane.rounds());
    return new Row(
        lane.name(),
        lane.contender().model(),
        lane.contender().family(),
        lane.workload().connections(),
        List.copyOf(lane.notes()),
        lane.error(),
        lane.once(),
        rounds,
        rounds.isEmpty() ? null : Summary.of(rounds, reference.isEmpty() ? null : reference),
        curve(lane.latencyNanos()),
        encode(lane.latencyNanos()));
  }

  /**
   * Only points that some request lies beyond: with few requests the last ones are all the same.
   */
  private static List<LatencyPoint> curve(Histogram nanos) {
    long count = nanos.getTotalCount();
    return Arrays.stream(CURVE_PERCENTILES)
        .filter(percentile -> count * (100 - percentile) / 100 >= 1)
        .mapToObj(p -> new LatencyPoint(p, nanos.getValueAtPercentile(p) / 1e3))
        .toList();
  }

  private static @Nullable String encode(Histogram nanos) {
    if (nanos.getTotalCount() == 0) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.allocate(nanos.getNeededByteBufferCapacity());
    int length = nanos.encodeIntoCompressedByteBuffer(bytes, Deflater.BEST_COMPRESSION);
    return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
  }

  private static String version() {
    var descriptor = ResultsOf.class.getModule().getDescriptor();
    return descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
  }
}
