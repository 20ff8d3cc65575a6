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

  private final Language language;

  private MarkdownReport(Language language) {
    this.language = language;
  }

  /** Writes a file, over one that is there. */
  public static void write(Results results, Language language, Path file) throws IOException {
    Files.writeString(file, render(results, language));
  }

  /** The whole text. */
  public static String render(Results results, Language language) {
    return new MarkdownReport(language).text(results);
  }

  private String say(String english, String chinese) {
    return new Text(english, chinese).in(language);
  }

  private String text(Results results) {
    StringBuilder text = new StringBuilder();
    for (Point point : results.points()) {
      point(text, point);
    }
    Machine machine = results.machine();
    return text.append(
            Text.format(
                    "%s, %d cores%s, %s, %s. Median of the rounds, and min..max.\n",
                    "%s，%d 核%s，%s，%s。各轮的中位数，以及最小..最大。\n",
                    escape(machine.cpu()),
                    machine.cores(),
                    Boolean.TRUE.equals(machine.virtual())
                        ? new Text(" (virtual machine)", "（虚拟机）")
                        : Text.same(""),
                    escape(machine.operatingSystem()),
                    escape(machine.jdk()))
                .in(language))
        .toString();
  }

  private void point(StringBuilder text, Point point) {
    text.append("### ")
        .append(escape(Words.of(point.settings().workload()).in(language)))
        .append("\n\n");
    cells(
        text,
        say("model", "模型"),
        say("CPU µs/request", "CPU µs/请求"),
        say("vs ", "对比 ") + escape(point.settings().reference()),
        "",
        say("requests/s", "请求/秒"),
        "p50 µs",
        "p99 µs",
        say("errors", "错误"));
    text.append("|---|").append("---:|---:|---|---:|---:|---:|---:|\n");
    point.rows().forEach(row -> row(text, row));
    text.append('\n');
    Verdict.of(point).ifPresent(words -> text.append(escape(words.in(language))).append("\n\n"));
    point.warnings().forEach(warning -> remark(text, warning));
    for (Row row : point.rows()) {
      row.notes().forEach(note -> remark(text, row.name() + ": " + note));
    }
    text.append('\n');
  }

  private void remark(StringBuilder text, String english) {
    text.append("- ").append(escape(Remarks.inBoth(english).in(language))).append('\n');
  }

  private void row(StringBuilder text, Row row) {
    Summary summary = row.summary();
    String name = escape(row.name());
    if (summary == null) {
      cells(
          text,
          name,
          row.error() == null
              ? say("not measured", "没有测到")
              : escape(Remarks.inBoth(row.error()).in(language)));
      return;
    }
    cells(
        text,
        name,
        spread(summary.cpuMicros()),
        Numbers.ratio(summary.cpuRatio()),
        (Numbers.interval(summary.cpuRatio())
                + " "
                + Numbers.verdict(summary.cpuRatio()).in(language))
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
