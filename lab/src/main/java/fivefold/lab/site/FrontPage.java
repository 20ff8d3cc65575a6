package fivefold.lab.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Exhibits;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.exhibit.page.HtmlPage;
import fivefold.lab.record.Machine;
import fivefold.net.IoModel;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code /}: all exhibits with their questions, and what can be compared. */
final class FrontPage implements HttpHandler {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

  private final Machine machine;

  FrontPage(Machine machine) {
    this.machine = machine;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals("/")) {
      Answer.refuse(exchange, 404, "no such page");
      return;
    }
    Language language;
    try {
      language = Query.of(exchange).language();
    } catch (IllegalArgumentException e) {
      Answer.refuse(exchange, 400, String.valueOf(e.getMessage()));
      return;
    }
    Answer.send(exchange, "text/html", page(language));
  }

  private String page(Language language) throws IOException {
    Texts texts = Texts.shared(language);
    Map<String, String> parts =
        Map.of(
            "lang", language.word(),
            "title", HtmlPage.escaped(texts.say("site.title")),
            "machine", HtmlPage.escaped(machine.cpu() + ", " + machine.operatingSystem()),
            "css", HtmlPage.styles(),
            "compare", HtmlPage.escaped(texts.say("site.compare")),
            "connections", HtmlPage.escaped(texts.say("site.connections")),
            "run", HtmlPage.escaped(texts.say("site.run")),
            "full-report", HtmlPage.escaped(texts.say("site.report")),
            "models", models(),
            "exhibits",
                Exhibits.all().stream()
                    .map(exhibit -> exhibit(exhibit, language))
                    .collect(Collectors.joining()));
    Matcher places = PLACE.matcher(StaticFile.read("lab.html"));
    return places.replaceAll(
        place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
  }

  private static String models() {
    return IoModel.all().stream()
        .filter(model -> model.availability().isAvailable())
        .map(model ->
            "<label><input type=\"checkbox\" name=\"model\" value=\""
                + model
                + "\""
                + (model == IoModel.VIRTUAL || model == IoModel.EPOLL ? " checked" : "")
                + "> "
                + model
                + "</label>\n")
        .collect(Collectors.joining());
  }

  private static String exhibit(Exhibit exhibit, Language language) {
    return "<article id=\""
        + exhibit.name()
        + "\">\n"
        + HtmlPage.beforeRun(exhibit, language)
        + "<div class=\"output\" aria-live=\"polite\"></div>\n</article>\n";
  }
}
