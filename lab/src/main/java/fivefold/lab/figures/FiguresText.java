package fivefold.lab.figures;

import fivefold.lab.timeline.TerminalChart;
import fivefold.lab.timeline.TextWidth;
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
    List<List<String>> rows = new ArrayList<>();
    rows.add(facts.tableHead());
    figures.traces().forEach(trace -> rows.add(facts.tableRow(trace)));
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> TextWidth.of(each.get(column))).max().orElse(0);
        String cell = row.get(i);
        String blanks = " ".repeat(width - TextWidth.of(cell));
        boolean isText = i == 0 || i == row.size() - 1;
        line.append(i == 0 ? "" : "  ").append(isText ? cell + blanks : blanks + cell);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
