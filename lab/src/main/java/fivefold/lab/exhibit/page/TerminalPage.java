package fivefold.lab.exhibit.page;

import fivefold.lab.draw.TextWidth;
import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.exhibit.Words;
import java.util.List;

/** Exhibits as lines of text, for a terminal of some width. */
public final class TerminalPage {
  /** Longer lines are hard to read. */
  private static final int MOST_COLUMNS = 96;

  private static final String INDENT = "  ";

  private final Language language;
  private final int columns;
  private final boolean unicode;

  /**
   * Pages in a language, for lines of so many columns.
   *
   * @param unicode whether the terminal shows block elements; else plain ASCII is drawn
   */
  public TerminalPage(Language language, int columns, boolean unicode) {
    this.language = language;
    this.columns = Math.min(columns, MOST_COLUMNS);
    this.unicode = unicode;
  }

  /** What a reader sees before the run: the question, what is run, and the guesses. */
  public String question(Exhibit exhibit) {
    Texts texts = Texts.of(exhibit.name(), language);
    StringBuilder page = new StringBuilder();
    String title = exhibit.name() + "  " + texts.say("title");
    page.append(title).append('\n').append("=".repeat(TextWidth.of(title))).append("\n\n");
    paragraph(page, texts.say("question"));
    paragraph(page, texts.say("method"));
    List<String> guesses = texts.guesses();
    for (int i = 0; i < guesses.size(); i++) {
      lines(page, INDENT + (i + 1) + "  " + guesses.get(i), "     ");
    }
    return page.append('\n').toString();
  }

  /** What a reader sees after it. */
  public String answer(Visit visit) {
    Story story = new Story(visit, language);
    TextFigures figures = new TextFigures(story.texts(), columns - INDENT.length(), unicode);
    StringBuilder page = new StringBuilder();
    for (Figure figure : story.figures()) {
      lines(page, story.texts().say(figure.caption()), "");
      figures.lines(figure).forEach(line -> page.append(INDENT).append(shown(line)).append('\n'));
      page.append('\n');
    }
    paragraph(page, story.answer());
    story.findings().forEach(finding -> paragraph(page, finding));
    paragraph(page, story.texts().say(Words.of("change-line").with("text", story.change())));
    return page.toString();
  }

  private void paragraph(StringBuilder page, String text) {
    lines(page, text, "");
    page.append('\n');
  }

  private void lines(StringBuilder page, String text, String indent) {
    TextWidth.wrapped(text, columns, indent).forEach(line -> page.append(shown(line)).append('\n'));
  }

  /** The one unit that ASCII has no letter for. */
  private String shown(String line) {
    return unicode ? line : line.replace('µ', 'u');
  }
}
