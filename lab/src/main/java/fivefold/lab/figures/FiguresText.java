package fivefold.lab.figures;

import fivefold.lab.draw.TextTable;
import fivefold.lab.draw.TextWidth;
import fivefold.lab.timeline.TerminalChart;
import java.util.ArrayList;
import java.util.List;

/** The figures for a terminal. */
public final class FiguresText {
  private final Texts texts;
  private final FactTexts facts;
  private final int columns;
  private final TerminalChart charts;

  /**
   * Figures for one terminal.
   *
   * @param columns how wide it is
   * @param unicode whether it shows block elements
   */
  public FiguresText(Texts texts, int columns, boolean unicode) {
    this.texts = texts;
    this.facts = new FactTexts(texts);
    this.columns = columns;
    this.charts = new TerminalChart(columns, unicode);
  }

  /** The whole text, each line with its end. */
  public String render(Figures figures) {
    List<String> lines = new ArrayList<>();
    lines.add(texts.of("title"));
    lines.addAll(TextWidth.wrapped(Words.machine(texts, figures), columns, ""));
    lines.add("");
    lines.addAll(TextWidth.wrapped(Words.intro(texts, figures), columns, ""));
    lines.addAll(TextWidth.wrapped(texts.of("axis"), columns, ""));
    lines.add("");
    Words.skipped(texts, figures)
        .forEach(line -> lines.addAll(TextWidth.wrapped(line, columns, "  ")));
    TraceChart charted = new TraceChart(texts);
    for (Trace trace : figures.traces()) {
      lines.addAll(charts.lines(charted.of(trace)));
      lines.addAll(TextWidth.wrapped(facts.sentence(trace), columns, ""));
      facts
          .lines(trace)
          .forEach(line -> lines.addAll(TextWidth.wrapped("- " + line, columns, "  ")));
      lines.add("");
    }
    if (figures.traces().size() > 1) {
      lines.addAll(charts.lines(charted.of(figures.traces())));
      lines.add("");
    }
    lines.addAll(table(figures));
    return String.join("\n", lines) + "\n";
  }

  private List<String> table(Figures figures) {
    TextTable table = new TextTable();
    table.line(facts.tableHead());
    figures.traces().forEach(trace -> table.line(facts.tableRow(trace)));
    return table.render();
  }
}
