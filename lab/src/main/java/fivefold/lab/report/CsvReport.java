package fivefold.lab.report;

import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Results as CSV (RFC 4180): a line for each round of each row, for a spreadsheet or for statistics
 * of one's own. What was not measured is empty. The columns have the names of {@code results.json}.
 */
public final class CsvReport {
  private static final String END = "\r\n";

  private static final String HEAD =
      line(
          "service",
          "messageBytes",
          "pipeline",
          "rate",
          "mix",
          "reply",
          "name",
          "model",
          "family",
          "connections",
          "round",
          "seconds",
          "requests",
          "requestsPerSecond",
          "p50Micros",
          "p90Micros",
          "p99Micros",
          "p999Micros",
          "maxMicros",
          "cpuMicros",
          "userMicros",
          "systemMicros",
          "serverCores",
          "loadBusy",
          "contextSwitches",
          "threads",
          "rssBytes",
          "failures",
          "mismatches",
          "unanswered",
          "lateMicros",
          "unsent",
          "stolenCores",
          "otherCores",
          "openMillis",
          "collections",
          "collectionMillis");

  private CsvReport() {}

  /** Writes a file, over one that is there. */
  public static void write(Results results, Path file) throws IOException {
    Files.writeString(file, render(results));
  }

  /** The whole text. */
  public static String render(Results results) {
    StringBuilder csv = new StringBuilder(HEAD);
    for (Point point : results.points()) {
      for (Row row : point.rows()) {
        row.rounds().forEach(round -> csv.append(line(point.settings().workload(), row, round)));
      }
    }
    return csv.toString();
  }

  private static String line(Workload workload, Row row, RoundFigures round) {
    return line(
        workload.service(),
        workload.messageBytes(),
        workload.pipeline(),
        workload.rate(),
        workload.mix(),
        workload.reply(),
        row.name(),
        row.model(),
        row.family(),
        row.connections(),
        round.round(),
        round.seconds(),
        round.requests(),
        round.requestsPerSecond(),
        round.p50Micros(),
        round.p90Micros(),
        round.p99Micros(),
        round.p999Micros(),
        round.maxMicros(),
        round.cpuMicros(),
        round.userMicros(),
        round.systemMicros(),
        round.serverCores(),
        round.loadBusy(),
        round.contextSwitches(),
        round.threads(),
        round.rssBytes(),
        round.failures(),
        round.mismatches(),
        round.unanswered(),
        round.lateMicros(),
        round.unsent(),
        round.stolenCores(),
        round.otherCores(),
        round.openMillis(),
        round.collections(),
        round.collectionMillis());
  }

  private static String line(@Nullable Object... cells) {
    return Arrays.stream(cells).map(CsvReport::cell).collect(Collectors.joining(",")) + END;
  }

  private static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
