package fivefold.lab.report;

import fivefold.lab.draw.TextTable;
import fivefold.lab.record.Results;
import fivefold.lab.record.ScalingFit;
import java.util.ArrayList;
import java.util.List;

/** The scaling law for a terminal: a line for each row. */
final class ScalingText {
  private ScalingText() {}

  /** The lines, the first of them the title; none when it is no sweep over connections. */
  static List<String> of(Results results, Language language) {
    List<Scaling> rows = Scaling.of(results);
    if (rows.isEmpty()) {
      return List.of();
    }
    TextTable table = new TextTable();
    table.line(
        Scaling.TITLE.in(language), "λ", "σ", "κ", new Text("residuals", "残差").in(language), "");
    for (Scaling row : rows) {
      ScalingFit law = row.fit();
      Text refusal = row.refusal();
      if (law != null) {
        table.line(
            row.name(),
            Numbers.compact(law.lambda()),
            ScalingCurves.coefficient(law.sigma()),
            ScalingCurves.coefficient(law.kappa()),
            Scaling.residuals(law),
            Scaling.most(law, row.lastMeasured()).in(language));
      } else {
        table.line(row.name(), "", "", "", "", refusal == null ? "" : refusal.in(language));
      }
    }
    List<String> lines = new ArrayList<>(table.render());
    Text caution = Scaling.caution(results);
    if (caution != null) {
      lines.add(caution.in(language));
    }
    lines.add(Scaling.EXPLANATION.in(language));
    return lines;
  }
}
