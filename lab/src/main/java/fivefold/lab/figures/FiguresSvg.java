package fivefold.lab.figures;

import fivefold.lab.timeline.SvgChart;
import java.util.LinkedHashMap;
import java.util.Map;

/** The figures as SVG documents, one for each. */
public final class FiguresSvg {
  private final TraceChart charts;

  /** Figures in a language. */
  public FiguresSvg(Texts texts) {
    this.charts = new TraceChart(texts);
  }

  /** By the name of the model; {@code all} is that of all threads. */
  public Map<String, String> documents(Figures figures) {
    Map<String, String> documents = new LinkedHashMap<>();
    for (Trace trace : figures.traces()) {
      documents.put(trace.model().word(), SvgChart.document(charts.of(trace)));
    }
    if (figures.traces().size() > 1) {
      documents.put("all", SvgChart.document(charts.of(figures.traces())));
    }
    return documents;
  }
}
