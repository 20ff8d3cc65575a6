package fivefold.lab.report;

import fivefold.lab.record.Machine;
import fivefold.lab.record.Point;
import fivefold.lab.record.Ratio;
import fivefold.lab.record.Results;
import fivefold.lab.record.Row;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results as text for a terminal, a hundred columns wide. */
public final class TerminalReport {
  private static final String BOLD = "\033[1m";
  private static final String YELLOW = "\033[33m";
  private static final String RED = "\033[31m";
  private static final String PLAIN = "\033[0m";

  private final boolean colours;

  /**
   * A report.
   *
   * @param colours whether it is read on a terminal
   */
  public TerminalReport(boolean colours) {
    this.colours = colours;
  }

  /** The whole text, each line with its end. */
  public String render(Results results) {
    List<String> lines = new ArrayList<>();
    for (Point point : results.points()) {
      lines.addAll(head(results.machine(), point));
      lines.add("");
      table(lines, costTable(point));
      lines.add("");
      table(lines, latencyTable(point));
      lines.add("");
      table(lines, resourceTable(point));
      Verdict.of(point).ifPresent(verdict -> lines.addAll(List.of("", verdict)));
      List<String> remarks = remarks(point);
      if (!remarks.isEmpty()) {
        lines.add("");
        lines.addAll(remarks);
      }
      lines.add("");
    }
    for (TextTable table : SweepTables.of(results)) {
      table(lines, table);
      lines.add("");
    }
    lines.addAll(legend(results));
    return String.join("\n", lines) + "\n";
  }

  private List<String> head(Machine machine, Point point) {
    Settings settings = point.settings();
    return List.of(
        style(BOLD, settings.workload().toString()),
        String.format(
            Locale.ROOT,
            "%d rounds of %d ms%s; %s, %d cores%s, %s, %s",
            settings.rounds(),
            settings.durationMillis(),
            settings.serverCores() == null
                ? ""
                : ", servers on core "
                    + settings.serverCores()
                    + ", load on core "
                    + settings.loadCores(),
            machine.cpu(),
            machine.cores(),
            Boolean.TRUE.equals(machine.virtual()) ? " (virtual machine)" : "",
            machine.operatingSystem(),
            machine.jdk()));
  }

  private static TextTable costTable(Point point) {
    String reference = "vs " + point.settings().reference();
    TextTable table = new TextTable();
    table.line("", "requests/s", "", "CPU us/req", "", "user", "system", reference, "", "");
    for (Row row : point.rows()) {
      Summary sum = row.summary();
      if (sum == null) {
        table.line(row.name(), "", "", "", "", "", "", "", "", "no figures");
        continue;
      }
      table.line(
          row.name(),
          Numbers.median(sum.requestsPerSecond()),
          Numbers.range(sum.requestsPerSecond()),
          Numbers.median(sum.cpuMicros()),
          Numbers.range(sum.cpuMicros()),
          Numbers.median(sum.userMicros()),
          Numbers.median(sum.systemMicros()),
          Numbers.ratio(sum.cpuRatio()),
          Numbers.interval(sum.cpuRatio()),
          Numbers.verdict(sum.cpuRatio()));
    }
    return table;
  }

  private static TextTable latencyTable(Point point) {
    TextTable table = new TextTable();
    table.line("latency, us", "p50", "p90", "p99", "p99.9", "max", "errors", "");
    for (Row row : point.rows()) {
      Summary sum = row.summary();
      if (sum != null) {
        table.line(
            row.name(),
            Numbers.median(sum.p50Micros()),
            Numbers.median(sum.p90Micros()),
            Numbers.median(sum.p99Micros()),
            Numbers.median(sum.p999Micros()),
            Numbers.median(sum.maxMicros()),
            Long.toString(sum.errors()),
            "");
      }
    }
    return table;
  }

  private static final List<Column> RESOURCES =
      List.of(
          Column.CALLS,
          Column.SWITCHES,
          Column.THREADS,
          Column.RSS,
          Column.RSS_EACH,
          Column.HEAP,
          Column.OPEN,
          Column.GC);

  private static TextTable resourceTable(Point point) {
    TextTable table = new TextTable();
    table.line(
        "",
        "calls/req",
        "switches/req",
        "threads",
        "RSS MiB",
        "RSS B/conn",
        "heap B/conn",
        "open ms",
        "GC ms",
        "");
    for (Row row : point.rows()) {
      if (row.summary() != null) {
        List<String> line = new ArrayList<>();
        line.add(row.name());
        RESOURCES.forEach(column -> line.add(Numbers.median(column.of(row))));
        line.add("");
        table.line(line);
      }
    }
    return table;
  }

  private void table(List<String> lines, TextTable table) {
    List<String> rendered = table.render();
    lines.add(style(BOLD, rendered.getFirst()));
    lines.addAll(rendered.subList(1, rendered.size()));
  }

  private List<String> remarks(Point point) {
    List<String> lines = new ArrayList<>();
    for (Row row : point.rows()) {
      if (row.error() != null) {
        lines.add(style(RED, "error: " + row.name() + ": " + row.error()));
      }
    }
    point.warnings().forEach(warning -> lines.add(style(YELLOW, "warning: " + warning)));
    for (Row row : point.rows()) {
      row.notes().forEach(note -> lines.add("note: " + row.name() + ": " + note));
    }
    return lines;
  }

  private static List<String> legend(Results results) {
    double confidence =
        results.rows().stream()
            .map(Row::summary)
            .filter(summary -> summary != null && summary.cpuRatio() != null)
            .map(Summary::cpuRatio)
            .filter(ratio -> ratio != null && ratio.verdict() != Ratio.Verdict.REFERENCE)
            .mapToDouble(Ratio::confidence)
            .max()
            .orElse(Double.NaN);
    List<String> lines = new ArrayList<>();
    lines.add("Median of the rounds, and min..max. CPU: the server's, all its threads.");
    if (!Double.isNaN(confidence)) {
      lines.add(
          "vs "
              + results.points().getFirst().settings().reference()
              + ": ratio of CPU per request, taken within each round, with the "
              + Numbers.percent(confidence)
              + " interval of its median.");
    }
    return lines;
  }

  private String style(String code, String text) {
    return colours ? code + text + PLAIN : text;
  }
}
