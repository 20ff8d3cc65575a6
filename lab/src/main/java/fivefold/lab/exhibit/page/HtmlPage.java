package fivefold.lab.exhibit.page;

import static fivefold.lab.exhibit.page.Svg.escape;

import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.timeline.SvgChart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exhibits as one HTML file that needs nothing else. */
public final class HtmlPage {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");

  private HtmlPage() {}

  /**
   * The whole document.
   *
   * @param visits at least one
   */
  public static String render(List<Visit> visits, Language language) {
    List<Story> stories = visits.stream().map(visit -> new Story(visit, language)).toList();
    Map<String, String> parts =
        Map.of(
            "lang", language == Language.ZH ? "zh-CN" : "en",
            "title", escape(Texts.shared(language).say("title")),
            "machine", escape(stories.getFirst().machine()),
            "css", styles(),
            "contents", contents(stories),
            "exhibits", String.join("", stories.stream().map(HtmlPage::article).toList()));
    Matcher places = PLACE.matcher(resource("exhibits.html"));
    return places.replaceAll(place -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  private static String contents(List<Story> stories) {
    if (stories.size() == 1) {
      return "";
    }
    StringBuilder html = new StringBuilder("<nav><ul>\n");
    for (Story story : stories) {
      html.append("<li><a href=\"#").append(story.name()).append("\">");
      html.append(escape(story.title())).append("</a></li>\n");
    }
    return html.append("</ul></nav>\n").toString();
  }

  private static String article(Story story) {
    StringBuilder html = new StringBuilder("<article id=\"").append(story.name()).append("\">\n");
    heading(html, story.texts(), story.name());
    html.append("<ol>\n");
    story.guesses().forEach(guess -> html.append("<li>").append(escape(guess)).append("</li>\n"));
    html.append("</ol>\n");
    paragraph(html, "quiet", story.method());
    return html.append(afterRun(story)).append("</article>\n").toString();
  }

  /** The question with a form for the guess, for a page that can run the exhibit. */
  public static String beforeRun(Exhibit exhibit, Language language) {
    Texts texts = Texts.of(exhibit.name(), language);
    StringBuilder html = new StringBuilder();
    heading(html, texts, exhibit.name());
    html.append("<form class=\"exhibit\">\n");
    List<String> guesses = texts.guesses();
    for (int i = 0; i < guesses.size(); i++) {
      html.append("<label><input type=\"radio\" name=\"guess\" value=\"").append(i + 1);
      html.append("\"> ").append(escape(guesses.get(i))).append("</label>\n");
    }
    paragraph(html, "quiet", texts.say("method"));
    html.append("<button>").append(escape(texts.say("site.run"))).append("</button>\n");
    return html.append("<span class=\"status\" role=\"status\"></span>\n</form>\n").toString();
  }

  private static void heading(StringBuilder html, Texts texts, String name) {
    html.append("<h2>").append(escape(texts.say("title")));
    html.append("<code>").append(name).append("</code></h2>\n");
    paragraph(html, "question", texts.say("question"));
  }

  /** What there is to see after a run. */
  public static String afterRun(Visit visit, Language language) {
    return afterRun(new Story(visit, language));
  }

  private static String afterRun(Story story) {
    StringBuilder html = new StringBuilder();
    SvgFigures drawing = new SvgFigures(story.texts());
    for (Figure figure : story.figures()) {
      html.append("<figure><figcaption>").append(escape(story.texts().say(figure.caption())));
      html.append("</figcaption>\n").append(drawing.draw(figure)).append("</figure>\n");
    }
    paragraph(html, "answer", story.answer());
    story.findings().forEach(finding -> paragraph(html, "shows", finding));
    html.append("<h3>").append(escape(story.heading("change"))).append("</h3>\n");
    paragraph(html, "change", story.change());
    return html.toString();
  }

  /** The style sheet that what is written here is made for. */
  public static String styles() {
    return resource("exhibits.css") + SvgChart.STYLE;
  }

  /** A text made safe for element content and attributes. */
  public static String escaped(String text) {
    return escape(text);
  }

  private static void paragraph(StringBuilder html, String name, String text) {
    html.append("<p class=\"").append(name).append("\">").append(escape(text)).append("</p>\n");
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("resource " + name, e);
    }
  }
}
