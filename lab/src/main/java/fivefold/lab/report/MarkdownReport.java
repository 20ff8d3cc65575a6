package fivefold.lab.report;

import fivefold.lab.record.Machine;
import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import fivefold.lab.record.Row;
import fivefold.lab.record.Spread;
import fivefold.lab.record.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Results as Markdown tables, for an issue or a page. */
public final class MarkdownReport {
  private static final int COLUMNS = 8;

  private MarkdownReport() {}

  /** Writes a file, over one that is there. */
  public static void write(Results results, Path file) throws IOException {
    Files.writeString(file, render(results));
  }

  /** The whole text. */
  public static String render(Results results) {
    StringBuilder text = new StringBuilder();
    for (Point point : results.points()) {
      point(text, point);
    }
    Machine machine = results.machine();
    return text.append(escape(machine.cpu()))
        .append(", ")
        .append(machine.cores())
        .append(" cores")
        .append(Boolean.TRUE.equals(machine.virtual()) ? " (virtual machine)" : "")
        .append(", ")
        .append(escape(machine.operatingSystem()))
        .append(", ")
        .append(escape(machine.jdk()))
        .append(". Median of the rounds, and min..max.\n")
        .toString();
  }

  private static void point(StringBuilder text, Point point) {
    text.append("### ").append(escape(point.settings().workload().toString())).append("\n\n");
    cells(
        text,
        "model",
        "CPU µs/request",
        "vs " + escape(point.settings().reference()),
        "",
        "requests/s",
        "p50 µs",
        "p99 µs",
        "errors");
    text.append("|---|").append("---:|---:|---|---:|---:|---:|---:|\n");
    point.rows().forEach(row -> row(text, row));
    text.append('\n');
    Verdict.of(point).ifPresent(words -> text.append(escape(words.english())).append("\n\n"));
    point.warnings().forEach(warning -> text.append("- ").append(escape(warning)).append('\n'));
    for (Row row : point.rows()) {
      row.notes()
          .forEach(note -> text.append("- ").append(escape(row.name() + ": " + note)).append('\n'));
    }
    text.append('\n');
  }

  private static void row(StringBuilder text, Row row) {
    Summary summary = row.summary();
    String name = escape(row.name());
    if (summary == null) {
      cells(text, name, escape(row.error() == null ? "not measured" : row.error()));
      return;
    }
    cells(
        text,
        name,
        spread(summary.cpuMicros()),
        Numbers.ratio(summary.cpuRatio()),
        (Numbers.interval(summary.cpuRatio()) + " " + Numbers.verdict(summary.cpuRatio()).english())
            .strip(),
        spread(summary.requestsPerSecond()),
        Numbers.median(summary.p50Micros()),
        Numbers.median(summary.p99Micros()),
        Long.toString(summary.errors()));
  }

  private static String spread(@Nullable Spread spread) {
    return spread == null
        ? Numbers.NOT_MEASURED
        : Numbers.median(spread) + " (" + Numbers.range(spread) + ")";
  }

  private static void cells(StringBuilder text, String... cells) {
    text.append('|');
    for (int i = 0; i < COLUMNS; i++) {
      text.append(i < cells.length ? " " + cells[i] + " |" : " |");
    }
    text.append('\n');
  }

  /** A bar ends a cell, a line feed the table; the rest could be taken for markup. */
  private static String escape(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\|*_`<>\\[\\]])", "\\\\$1");
  }
}
