package fivefold.lab.report;

import fivefold.lab.record.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The textbook's I/O models, and servers of others, each with a colour of its own in the report.
 */
final class Families {
  private static final Map<String, String> MEANINGS = meanings();

  private Families() {}

  private static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("blocking", "a thread waits for each connection");
    meanings.put("nonblocking", "a loop asks again and again");
    meanings.put("multiplexing", "a loop waits for all at once");
    meanings.put("signal-driven", "a signal says who is ready");
    meanings.put("asynchronous", "the kernel copies, then tells");
    meanings.put("other", "not Fivefold's");
    return meanings;
  }

  /** The word for a family in the style sheet. */
  static String styleClass(String family) {
    return Html.escape(family.replace('_', '-'));
  }

  /** What the colours mean, as far as they are used. */
  static String legend(List<Row> rows) {
    StringBuilder html = new StringBuilder("<ul class=\"families\">\n");
    MEANINGS.forEach((family, meaning) -> {
      if (rows.stream().anyMatch(row -> styleClass(row.family()).equals(family))) {
        html.append("<li class=\"")
            .append(family)
            .append("\"><i></i>")
            .append(family)
            .append(": ")
            .append(meaning)
            .append("</li>\n");
      }
    });
    return html.append("</ul>\n").toString();
  }
}
