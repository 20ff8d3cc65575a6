package fivefold.lab.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import fivefold.lab.record.Results;
import fivefold.lab.report.HtmlReport;
import fivefold.lab.report.Language;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code /report?lang=en}: the last comparison, as {@code compare} writes it. Thread-safe. */
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
      return;
    }
    try {
      Language language = Query.of(exchange).reportLanguage();
      Answer.send(exchange, "text/html", HtmlReport.render(latest, language));
    } catch (IllegalArgumentException e) {
      Answer.refuse(exchange, 400, String.valueOf(e.getMessage()));
    }
  }
}
