package fivefold.lab.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import fivefold.lab.record.Results;
import fivefold.lab.report.HtmlReport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code /report}: the last comparison, as {@code compare} writes it. Thread-safe. */
final class LatestReport implements HttpHandler {
  private volatile @Nullable Results results;

  void set(Results latest) {
    results = latest;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Results latest = results;
    if (latest == null) {
      Answer.refuse(exchange, 404, "nothing has been compared yet");
    } else {
      Answer.send(exchange, "text/html", HtmlReport.render(latest));
    }
  }
}
