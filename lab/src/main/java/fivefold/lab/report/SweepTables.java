package fivefold.lab.report;

import fivefold.lab.draw.TextTable;
import fivefold.lab.record.Axis;
import fivefold.lab.record.Point;
import fivefold.lab.record.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A sweep for a terminal: a table for each figure, a column for each point. */
final class SweepTables {
  private SweepTables() {}

  /** None when there is one point only. */
  static List<TextTable> of(Results results, Language language) {
    return Axis.of(results.points()).map(axis -> of(results, axis, language)).orElse(List.of());
  }

  private static List<TextTable> of(Results results, Axis axis, Language language) {
    List<TextTable> tables = new ArrayList<>();
    for (Column column : SweepFigures.FOLLOWED) {
      TextTable table = new TextTable();
      List<String> head = new ArrayList<>();
      Text title = Text.format("%s by %s", "%s，按%s", column.title(), Words.of(axis));
      head.add(title.in(language).replace('µ', 'u'));
      results
          .points()
          .forEach(point -> head.add(String.format(Locale.ROOT, "%,.0f", axis.at(point))));
      head.add("");
      table.line(head);
      for (String name : SweepFigures.familiesByName(results).keySet()) {
        List<String> line = new ArrayList<>();
        line.add(name);
        for (Point point : results.points()) {
          line.add(Numbers.median(SweepFigures.at(point, name, column)));
        }
        line.add("");
        table.line(line);
      }
      tables.add(table);
    }
    return tables;
  }
}
