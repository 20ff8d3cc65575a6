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
  public static void write(Results results, Path file) throws IOException {
    Files.writeString(file, render(results));
  }

  /** The whole document. */
  public static String render(Results results) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("uplot-css", resource("uPlot.min.css"));
    parts.put("report-css", resource("report.css"));
    Settings settings = results.points().getFirst().settings();
    parts.put("title", Html.escape(title(results)));
    parts.put("subtitle", Html.escape(subtitle(results)));
    parts.put("families", Families.legend(results.rows()));
    parts.put("sweep", SweepCurves.of(results));
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
              : "<h2 class=\"point\">" + Html.escape(point.settings().workload() + "") + "</h2>\n");
      parts.put("warnings", list("warnings", point.warnings()));
      parts.put(
          "verdict",
          Verdict.of(point)
              .map(text -> "<p class=\"verdict\">" + Html.escape(text) + "</p>\n")
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

  private static String title(Results results) {
    String first = "I/O models: " + results.points().getFirst().settings().workload();
    return Axis.of(results.points())
        .map(axis -> first + ", and " + (results.points().size() - 1) + " more by " + axis.title())
        .orElse(first);
  }

  private static String subtitle(Results results) {
    Machine machine = results.machine();
    return machine.cpu()
        + ", "
        + machine.cores()
        + (machine.cores() == 1 ? " core" : " cores")
        + (Boolean.TRUE.equals(machine.virtual()) ? ", virtual machine" : "")
        + " · "
        + machine.operatingSystem()
        + " · "
        + machine.jdk()
        + " · "
        + machine.date();
  }

  private static String list(String name, List<String> lines) {
    if (lines.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<ul class=\"" + name + "\">\n");
    lines.forEach(line -> html.append("<li>").append(Html.escape(line)).append("</li>\n"));
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
        "errors",
        "Connections that broke or were closed by the server, replies that differ in any byte from"
            + " what was due, and connections still owed a reply when none had come for five"
            + " seconds, over all rounds.");
    return html.append("</dl>\n").toString();
  }

  private static String facts(Results results) {
    Settings settings = results.points().getFirst().settings();
    boolean complete = results.points().stream().allMatch(Point::complete);
    StringBuilder html = new StringBuilder("<dl class=\"facts\">\n");
    pair(html, "fivefold", results.fivefold());
    results.points().forEach(point -> pair(html, "work", point.settings().workload().toString()));
    pair(
        html,
        "load",
        settings.workload().rate() == null
            ? "closed loop: each reply sends the next request"
            : "open loop: requests begin at the rate, whatever the server does");
    pair(html, "rounds", settings.rounds() + (complete ? "" : " wanted, stopped early"));
    pair(
        html,
        "each",
        settings.durationMillis()
            + " ms measured after "
            + settings.roundWarmupMillis()
            + " ms of load; "
            + settings.warmupMillis()
            + " ms of load once after the start");
    pair(html, "event loops", Integer.toString(settings.loops()));
    pair(html, "server cores", orNotPinned(settings.serverCores()));
    pair(html, "load core", orNotPinned(settings.loadCores()));
    String governor = results.machine().governor();
    pair(html, "frequency governor", governor == null ? "unknown" : governor);
    return html.append("</dl>\n").toString();
  }

  private static String orNotPinned(@Nullable String cores) {
    return cores == null ? "not pinned" : cores;
  }

  private static void pair(StringBuilder html, String term, String meaning) {
    html.append("<dt>")
        .append(Html.escape(term))
        .append("</dt><dd>")
        .append(Html.escape(meaning))
        .append("</dd>\n");
  }
}
