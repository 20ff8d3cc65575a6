package fivefold.lab.exhibit.page;

import fivefold.lab.draw.TextWidth;
import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Texts;
import java.util.List;

/** Exhibits as lines of text. */
public final class TerminalPage {
  private static final int WIDTH = 96;

  private TerminalPage() {}

  /** What a reader sees before the run: the question, what is run, and the guesses. */
  public static String question(Exhibit exhibit, Language language) {
    Texts texts = Texts.of(exhibit.name(), language);
    StringBuilder page = new StringBuilder();
    String title = exhibit.name() + "  " + texts.say("title");
    page.append(title).append('\n').append("=".repeat(TextWidth.of(title))).append("\n\n");
    paragraph(page, texts.say("question"));
    paragraph(page, texts.say("method"));
    List<String> guesses = texts.guesses();
    for (int i = 0; i < guesses.size(); i++) {
      page.append("  ").append(i + 1).append("  ").append(guesses.get(i)).append('\n');
    }
    return page.append('\n').toString();
  }

  /** What a reader sees after it. */
  public static String answer(Visit visit, Language language) {
    Story story = new Story(visit, language);
    TextFigures figures = new TextFigures(story.texts());
    StringBuilder page = new StringBuilder();
    for (Figure figure : story.figures()) {
      page.append(story.texts().say(figure.caption())).append('\n');
      figures.lines(figure).forEach(line -> page.append("  ").append(line).append('\n'));
      page.append('\n');
    }
    paragraph(page, story.answer());
    story.findings().forEach(finding -> paragraph(page, finding));
    paragraph(page, story.heading("change") + ": " + story.change());
    return page.toString();
  }

  private static void paragraph(StringBuilder page, String text) {
    page.append(Screen.wrap(text, WIDTH)).append("\n\n");
  }
}
