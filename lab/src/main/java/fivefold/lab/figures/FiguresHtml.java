package fivefold.lab.figures;

import fivefold.lab.report.Html;
import fivefold.lab.timeline.SvgChart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The figures as one HTML file that needs nothing else. */
public final class FiguresHtml {
  private final Texts texts;
  private final FactTexts facts;
  private final TraceChart charts;

  /** Figures in a language. */
  public FiguresHtml(Texts texts) {
    this.texts = texts;
    this.facts = new FactTexts(texts);
    this.charts = new TraceChart(texts);
  }

  /** The whole document. */
  public String render(Figures figures) {
    String traced = figures.traces().stream().map(this::figure).collect(Collectors.joining());
    String all =
        figures.traces().size() > 1
            ? "<figure>\n" + SvgChart.element(charts.of(figures.traces())) + "</figure>\n"
            : "";
    String skipped =
        Words.skipped(texts, figures).stream()
            .map(line -> "<p>" + Html.escape(line) + "</p>\n")
            .collect(Collectors.joining());
    // What comes from outside last: it is not looked at for places again.
    return template()
        .replace("{{lang}}", texts.language())
        .replace("{{style}}", SvgChart.STYLE)
        .replace("{{title}}", Html.escape(texts.of("title")))
        .replace("{{intro}}", Html.escape(Words.intro(texts, figures)))
        .replace("{{axis}}", Html.escape(texts.of("axis")))
        .replace("{{figures}}", traced)
        .replace("{{all}}", all)
        .replace("{{table}}", table(figures))
        .replace("{{skipped}}", skipped)
        .replace("{{machine}}", Html.escape(Words.machine(texts, figures)));
  }

  private String figure(Trace trace) {
    return "<figure>\n"
        + SvgChart.element(charts.of(trace))
        + "<figcaption><p>"
        + Html.escape(facts.sentence(trace))
        + "</p>\n<ul class=\"facts\">\n"
        + facts.lines(trace).stream()
            .map(line -> "<li>" + Html.escape(line) + "</li>\n")
            .collect(Collectors.joining())
        + "</ul></figcaption>\n</figure>\n";
  }

  private String table(Figures figures) {
    return "<div class=\"table\"><table>\n"
        + row("th", facts.tableHead())
        + figures.traces().stream()
            .map(trace -> row("td", facts.tableRow(trace)))
            .collect(Collectors.joining())
        + "</table></div>\n";
  }

  private static String row(String cell, List<String> texts) {
    return texts.stream()
        .map(text -> "<" + cell + ">" + Html.escape(text) + "</" + cell + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private static String template() {
    try (InputStream in = FiguresHtml.class.getResourceAsStream("figures.html")) {
      if (in == null) {
        throw new IllegalStateException("no resource figures.html");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("resource figures.html", e);
    }
  }
}
