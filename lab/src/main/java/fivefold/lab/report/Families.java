package fivefold.lab.report;

import fivefold.lab.record.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The textbook's I/O models, and servers of others, each with a colour of its own in the report.
 */
final class Families {
  private static final Map<String, Text> MEANINGS = meanings();

  private Families() {}

  private static Map<String, Text> meanings() {
    Map<String, Text> meanings = new LinkedHashMap<>();
    meanings.put(
        "blocking", new Text("blocking: a thread waits for each connection", "阻塞：每个连接有一个线程在等"));
    meanings.put(
        "nonblocking", new Text("nonblocking: a loop asks again and again", "非阻塞：一个循环反复询问"));
    meanings.put(
        "multiplexing",
        new Text("multiplexing: a loop waits for all at once", "多路复用：一个循环同时等待全部连接"));
    meanings.put(
        "signal-driven", new Text("signal-driven: a signal says who is ready", "信号驱动：信号说明谁已就绪"));
    meanings.put(
        "asynchronous", new Text("asynchronous: the kernel copies, then tells", "异步：内核复制完再通知"));
    meanings.put("other", new Text("other: not Fivefold's", "其他：不是 Fivefold 的"));
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
            .append(meaning.html())
            .append("</li>\n");
      }
    });
    return html.append("</ul>\n").toString();
  }
}
