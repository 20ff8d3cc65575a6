package fivefold.lab.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Exhibits;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.exhibit.page.HtmlPage;
import fivefold.lab.load.Mix;
import fivefold.lab.record.Machine;
import fivefold.net.IoModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
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
    Map<String, String> parts = new HashMap<>();
    parts.put("lang", language.word());
    parts.put("title", HtmlPage.escaped(texts.say("site.title")));
    parts.put("machine", HtmlPage.escaped(machine.cpu() + ", " + machine.operatingSystem()));
    parts.put("css", HtmlPage.styles());
    for (String word :
        List.of(
            "compare",
            "connections",
            "mix",
            "warm-up",
            "round",
            "run",
            "report",
            "gone",
            "left",
            "so-far",
            "doing",
            "doing-note",
            "doing-state",
            "doing-count",
            "doing-wait")) {
      parts.put(word, HtmlPage.escaped(texts.say("site." + word)));
    }
    parts.put("models", models());
    parts.put("mixes", mixes(texts));
    parts.put("states", states(texts));
    parts.put(
        "exhibits",
        Exhibits.all().stream()
            .map(exhibit -> exhibit(exhibit, language))
            .collect(Collectors.joining()));
    Matcher places = PLACE.matcher(StaticFile.read("lab.html"));
    return places.replaceAll(
        place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
  }

  /** What a connection can be doing, a row for each; the script fills in how many do. */
  private static String states(Texts texts) {
    return Arrays.stream(Doing.values())
        .map(doing ->
            "<tr data-letter=\"%c\" data-word=\"%s\"><th scope=\"row\"><i class=\"d-%c\">%c</i> <span>%s</span></th><td>0</td><td></td></tr>%n"
                .formatted(
                    doing.letter(),
                    doing.word(),
                    doing.letter(),
                    doing.letter(),
                    HtmlPage.escaped(texts.say("site.doing." + doing.word()))))
        .collect(Collectors.joining());
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

  private static String mixes(Texts texts) {
    return Mix.words().stream()
        .map(word ->
            "<option value=\"%s\">%s</option>"
                .formatted(word, HtmlPage.escaped(texts.say("site.mix." + word))))
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
