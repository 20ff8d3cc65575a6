package fivefold.lab.report;

import fivefold.lab.record.Axis;
import fivefold.lab.record.Machine;
import fivefold.lab.record.MedianInterval;
import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import fivefold.lab.record.RoundFigures;
import fivefold.lab.record.Row;
import fivefold.lab.record.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Results as one HTML file that needs nothing else: no network, no second file. */
public final class HtmlReport {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

  private HtmlReport() {}

  /** Writes a file, over one that is there. */
  public static void write(Results results, Language first, Path file) throws IOException {
    Files.writeString(file, render(results, first));
  }

  /** The whole document, which shows English first. */
  public static String render(Results results) {
    return render(results, Language.ENGLISH);
  }

  /**
   * The whole document.
   *
   * @param first shown until the reader chooses the other
   */
  public static String render(Results results, Language first) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("uplot-css", resource("uPlot.min.css"));
    parts.put("report-css", resource("report.css"));
    Settings settings = results.points().getFirst().settings();
    Text title = title(results);
    parts.put("language", first.code());
    parts.put("title", Html.escape(title.in(first)));
    parts.put("heading", title.html());
    parts.put("subtitle", subtitle(results).html());
    parts.put("families", Families.legend(results.rows()));
    parts.put("sweep", SweepCurves.of(results));
    parts.put("scaling", ScalingCurves.of(results));
    parts.put("points", points(results));
    parts.put("reference", Html.escape(settings.reference()));
    parts.put("minimum-rounds", Integer.toString(MedianInterval.MINIMUM_VALUES));
    parts.put("explanations", explanations());
    parts.put("facts", facts(results));
    parts.put("uplot-js", resource("uPlot.iife.min.js"));
    parts.put("report-js", resource("report.js"));
    return fill(resource("report.html"), parts);
  }

  private static String points(Results results) {
    StringBuilder html = new StringBuilder();
    String template = resource("point.html");
    for (Point point : results.points()) {
      Map<String, String> parts = new LinkedHashMap<>();
      parts.put(
          "heading",
          results.points().size() == 1
              ? ""
              : "<h2 class=\"point\">" + Words.of(point.settings().workload()).html() + "</h2>\n");
      parts.put("warnings", list("warnings", point.warnings()));
      parts.put(
          "verdict",
          Verdict.of(point)
              .map(text -> "<p class=\"verdict\">" + text.html() + "</p>\n")
              .orElse(""));
      parts.put("cpu-chart", SpreadChart.of(Column.CPU, RoundFigures::cpuMicros, point.rows()));
      parts.put(
          "throughput-chart",
          SpreadChart.of(Column.THROUGHPUT, RoundFigures::requestsPerSecond, point.rows()));
      parts.put("table", HtmlTable.of(point));
      parts.put("notes", list("notes", notes(point)));
      parts.put("latency-json", LatencyCurves.json(point));
      html.append(fill(template, parts));
    }
    return html.toString();
  }

  /** In one pass: what is put in is not looked at again. */
  private static String fill(String template, Map<String, String> parts) {
    Matcher places = PLACE.matcher(template);
    StringBuilder filled = new StringBuilder();
    while (places.find()) {
      String part = parts.get(places.group(1));
      if (part == null) {
        throw new IllegalStateException("nothing to put at " + places.group());
      }
      places.appendReplacement(filled, Matcher.quoteReplacement(part));
    }
    return places.appendTail(filled).toString();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("resource " + name, e);
    }
  }

  private static Text title(Results results) {
    Text first =
        Text.format(
            "I/O models: %s",
            "I/O 模型：%s", Words.of(results.points().getFirst().settings().workload()));
    return Axis.of(results.points())
        .map(axis ->
            first.plus(
                Text.format(
                    ", and %d more by %s",
                    "，另有 %d 种设置，按%s", results.points().size() - 1, Words.of(axis))))
        .orElse(first);
  }

  private static Text subtitle(Results results) {
    Machine machine = results.machine();
    return Text.format(
        "%s, %d %s%s · %s · %s · %s",
        "%s，%d %s%s · %s · %s · %s",
        machine.cpu(),
        machine.cores(),
        machine.cores() == 1 ? new Text("core", "核") : new Text("cores", "核"),
        Boolean.TRUE.equals(machine.virtual())
            ? new Text(", virtual machine", "，虚拟机")
            : Text.same(""),
        machine.operatingSystem(),
        machine.jdk(),
        machine.date());
  }

  private static String list(String name, List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<ul class=\"" + name + "\">\n");
    lines.forEach(
        line -> html.append("<li>").append(Remarks.inBoth(line).html()).append("</li>\n"));
    return html.append("</ul>\n").toString();
  }

  private static List<String> notes(Point point) {
    return point.rows().stream()
        .flatMap(row -> notes(row).stream().map(note -> row.name() + ": " + note))
        .toList();
  }

  private static List<String> notes(Row row) {
    if (row.error() == null || row.summary() == null) {
      return row.notes(); // without a summary the error stands in the table
    }
    List<String> notes = new ArrayList<>(row.notes());
    notes.add("ended after round " + row.rounds().size() + ": " + row.error());
    return notes;
  }

  private static String explanations() {
    StringBuilder html = new StringBuilder("<dl>\n");
    for (Column column : Column.ALL) {
      pair(html, column.title(), column.explanation());
    }
    pair(
        html,
        new Text("errors", "错误"),
        new Text(
            "Connections that broke or were closed by the server, replies that differ in any byte from"
                + " what was due, and connections still owed a reply when none had come for five"
                + " seconds, over all rounds.",
            "断开或被服务器关闭的连接、与应得内容有任何字节不同的答复，以及五秒内再无答复到来时仍被欠着答复的连接；各轮合计。"));
    return html.append("</dl>\n").toString();
  }

  private static String facts(Results results) {
    Settings settings = results.points().getFirst().settings();
    boolean complete = results.points().stream().allMatch(Point::complete);
    StringBuilder html = new StringBuilder("<dl class=\"facts\">\n");
    pair(html, Text.same("fivefold"), Text.same(results.fivefold()));
    results
        .points()
        .forEach(
            point -> pair(html, new Text("work", "工作"), Words.of(point.settings().workload())));
    pair(
        html,
        new Text("load", "负载"),
        settings.workload().rate() == null
            ? new Text("closed loop: each reply sends the next request", "闭环：每个答复引出下一个请求")
            : new Text(
                "open loop: requests begin at the rate, whatever the server does",
                "开环：请求按速率开始，不管服务器如何"));
    pair(
        html,
        new Text("rounds", "轮数"),
        Text.same(settings.rounds() + "")
            .plus(complete ? Text.same("") : new Text(" wanted, stopped early", "（计划），提前停止")));
    pair(
        html,
        new Text("each", "每轮"),
        Text.format(
            "%d ms measured after %d ms of load; %d ms of load once after the start",
            "先加负载 %2$d ms，再测量 %1$d ms；启动后先加一次负载 %3$d ms",
            settings.durationMillis(),
            settings.roundWarmupMillis(),
            settings.warmupMillis()));
    pair(html, new Text("event loops", "事件循环"), Text.same(Integer.toString(settings.loops())));
    pair(html, new Text("server cores", "服务器所在核"), orNotPinned(settings.serverCores()));
    pair(html, new Text("load core", "负载所在核"), orNotPinned(settings.loadCores()));
    String governor = results.machine().governor();
    pair(
        html,
        new Text("frequency governor", "调频策略"),
        governor == null ? new Text("unknown", "未知") : Text.same(governor));
    return html.append("</dl>\n").toString();
  }

  private static Text orNotPinned(@Nullable String cores) {
    return cores == null ? new Text("not pinned", "未绑定") : Text.same(cores);
  }

  private static void pair(StringBuilder html, Text term, Text meaning) {
    html.append("<dt>")
        .append(term.html())
        .append("</dt><dd>")
        .append(meaning.html())
        .append("</dd>\n");
  }
}
