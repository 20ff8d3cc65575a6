package fivefold.lab.report;

import fivefold.lab.draw.TextTable;
import fivefold.lab.draw.TextWidth;
import fivefold.lab.record.Machine;
import fivefold.lab.record.Point;
import fivefold.lab.record.Ratio;
import fivefold.lab.record.Results;
import fivefold.lab.record.Row;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Summary;
import java.util.ArrayList;
import java.util.List;

/** Results as text for a terminal; where there is none, about a hundred and twenty columns wide. */
public final class TerminalReport {
  private static final String BOLD = "\033[1m";
  private static final String YELLOW = "\033[33m";
  private static final String RED = "\033[31m";
  private static final String PLAIN = "\033[0m";

  private final boolean colours;
  private final Language language;
  private final int columns;

  /**
   * A report in English.
   *
   * @param colours whether it is read on a terminal
   */
  public TerminalReport(boolean colours) {
    this(colours, Language.ENGLISH);
  }

  /** A report in a language of choice. */
  public TerminalReport(boolean colours, Language language) {
    this(colours, language, Integer.MAX_VALUE);
  }

  /**
   * One that fits.
   *
   * @param columns of the terminal
   */
  public TerminalReport(boolean colours, Language language, int columns) {
    this.colours = colours;
    this.language = language;
    this.columns = columns;
  }

  private String say(String english, String chinese) {
    return new Text(english, chinese).in(language);
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
      Verdict.of(point)
          .ifPresent(verdict -> {
            lines.add("");
            lines.addAll(wrapped(PLAIN, verdict.in(language)));
          });
      List<String> remarks = remarks(point);
      if (!remarks.isEmpty()) {
        lines.add("");
        lines.addAll(remarks);
      }
      lines.add("");
    }
    for (TextTable table : SweepTables.of(results, language)) {
      table(lines, table);
      lines.add("");
    }
    List<String> scaling = ScalingText.of(results, language);
    if (!scaling.isEmpty()) {
      lines.add(style(BOLD, scaling.getFirst()));
      lines.addAll(scaling.subList(1, scaling.size()));
      lines.add("");
    }
    legend(results).forEach(line -> lines.addAll(wrapped(PLAIN, line)));
    return String.join("\n", lines) + "\n";
  }

  private List<String> head(Machine machine, Point point) {
    Settings settings = point.settings();
    List<String> lines = wrapped(BOLD, Words.of(settings.workload()).in(language));
    lines.addAll(
        wrapped(
            PLAIN,
            Text.format(
                    "%d rounds of %d ms%s; %s, %d cores%s, %s, %s",
                    "%d 轮，每轮 %d ms%s；%s，%d 核%s，%s，%s",
                    settings.rounds(),
                    settings.durationMillis(),
                    settings.serverCores() == null
                        ? Text.same("")
                        : Text.format(
                            ", servers on core %s, load on core %s",
                            "，服务器在核 %s，负载在核 %s",
                            settings.serverCores(),
                            String.valueOf(settings.loadCores())),
                    machine.cpu(),
                    machine.cores(),
                    Boolean.TRUE.equals(machine.virtual())
                        ? new Text(" (virtual machine)", "（虚拟机）")
                        : Text.same(""),
                    machine.operatingSystem(),
                    machine.jdk())
                .in(language)));
    return lines;
  }

  private TextTable costTable(Point point) {
    String reference = say("vs ", "对比 ") + point.settings().reference();
    TextTable table = new TextTable();
    table.line(
        "",
        say("requests/s", "请求/秒"),
        "",
        say("CPU us/req", "CPU us/请求"),
        "",
        say("user", "用户态"),
        say("system", "内核态"),
        reference,
        "",
        "");
    for (Row row : point.rows()) {
      Summary sum = row.summary();
      if (sum == null) {
        table.line(row.name(), "", "", "", "", "", "", "", "", say("no figures", "没有数字"));
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
          Numbers.verdict(sum.cpuRatio()).in(language));
    }
    return table;
  }

  private TextTable latencyTable(Point point) {
    TextTable table = new TextTable();
    table.line(
        say("latency, us", "延迟，us"),
        "p50",
        "p90",
        "p99",
        "p99.9",
        say("max", "最长"),
        say("errors", "错误"),
        "");
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

  private TextTable resourceTable(Point point) {
    TextTable table = new TextTable();
    table.line(
        "",
        say("calls/req", "系统调用/请求"),
        say("switches/req", "切换/请求"),
        say("threads", "线程"),
        "RSS MiB",
        say("RSS B/conn", "RSS 字节/连接"),
        say("heap B/conn", "堆 字节/连接"),
        say("open ms", "建连 ms"),
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
    List<List<String>> parts = table.render(columns);
    for (int i = 0; i < parts.size(); i++) {
      if (i > 0) {
        lines.add("");
      }
      List<String> part = parts.get(i);
      lines.add(style(BOLD, part.getFirst()));
      lines.addAll(part.subList(1, part.size()));
    }
  }

  /** Each line in that style. */
  private List<String> wrapped(String code, String text) {
    return new ArrayList<>(
        TextWidth.wrapped(text, columns, "").stream()
            .map(line -> code.equals(PLAIN) ? line : style(code, line))
            .toList());
  }

  private List<String> remarks(Point point) {
    List<String> lines = new ArrayList<>();
    for (Row row : point.rows()) {
      if (row.error() != null) {
        lines.addAll(
            wrapped(
                RED,
                say("error: ", "错误：")
                    + Remarks.inBoth(row.name() + ": " + row.error()).in(language)));
      }
    }
    point
        .warnings()
        .forEach(warning ->
            lines.addAll(
                wrapped(YELLOW, say("warning: ", "警告：") + Remarks.inBoth(warning).in(language))));
    for (Row row : point.rows()) {
      row.notes()
          .forEach(note ->
              lines.addAll(
                  wrapped(
                      PLAIN,
                      say("note: ", "注：")
                          + Remarks.inBoth(row.name() + ": " + note).in(language))));
    }
    return lines;
  }

  private List<String> legend(Results results) {
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
    lines.add(
        say(
            "Median of the rounds, and min..max. CPU: the server's, all its threads.",
            "各轮的中位数，以及最小..最大。CPU：服务器的，全部线程。"));
    if (!Double.isNaN(confidence)) {
      Text interval =
          confidence > 0
              ? Text.format(
                  ", with the %s interval of its median",
                  "，附中位数的 %s 置信区间", Numbers.percent(confidence))
              : Text.same("");
      lines.add(
          Text.format(
                  "vs %s: ratio of CPU per request, taken within each round%s.",
                  "对比 %s：每请求 CPU 时间之比，在每一轮之内取%s。",
                  results.points().getFirst().settings().reference(),
                  interval)
              .in(language));
    }
    return lines;
  }

  private String style(String code, String text) {
    return colours ? code + text + PLAIN : text;
  }
}
