package fivefold.lab.exhibit.page;

import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Language;
import java.util.ArrayList;
import java.util.List;

/** An exhibit as Markdown, for documentation. */
public final class MarkdownPage {
  /** Of what is drawn in characters. */
  private static final int COLUMNS = 90;

  private MarkdownPage() {}

  /** The whole page. */
  public static String render(Visit visit, Language language) {
    Story story = new Story(visit, language);
    StringBuilder page = new StringBuilder();
    page.append("# ").append(story.title()).append("\n\n");
    page.append(story.question()).append("\n\n");
    List<String> guesses = story.guesses();
    for (int i = 0; i < guesses.size(); i++) {
      page.append(i + 1).append(". ").append(guesses.get(i)).append('\n');
    }
    page.append("\n```sh\n./fivefold exhibit ").append(story.name());
    page.append(language == Language.EN ? "" : " --lang " + language.word()).append("\n```\n\n");
    section(page, story.heading("method"), story.method());
    page.append("## ").append(story.heading("figure")).append("\n\n");
    TextFigures figures = new TextFigures(story.texts(), COLUMNS, true);
    for (Figure figure : story.figures()) {
      page.append("**").append(story.texts().say(figure.caption())).append("**\n\n");
      page.append(figure(figures, figure)).append('\n');
    }
    page.append("<details><summary>").append(story.heading("answer")).append("</summary>\n\n");
    page.append(story.answer()).append("\n\n</details>\n\n");
    section(page, story.heading("shows"), String.join("\n\n", story.findings()));
    section(page, story.heading("change"), story.change());
    return page.append("---\n\n").append(story.machine()).append('\n').toString();
  }

  private static void section(StringBuilder page, String heading, String text) {
    page.append("## ").append(heading).append("\n\n").append(text).append("\n\n");
  }

  private static String figure(TextFigures figures, Figure figure) {
    return switch (figure) {
      case Figure.Bars bars -> table(withHeads(figures.rows(bars), bars));
      case Figure.Table table -> table(figures.rows(table));
      case Figure.Curves curves -> table(figures.rows(curves));
      case Figure.Lanes lanes -> "```\n" + String.join("\n", figures.lanes(lanes)) + "\n```\n";
    };
  }

  /** Markdown insists on a row of heads; above the bars it can hold their axis. */
  private static List<List<String>> withHeads(List<List<String>> rows, Figure.Bars bars) {
    List<Double> ticks = new BarScale(bars).ticks();
    String axis =
        ticks.isEmpty()
            ? " "
            : LogAxis.label(ticks.getFirst()) + " … " + LogAxis.label(ticks.getLast());
    List<List<String>> all = new ArrayList<>();
    all.add(List.of(" ", " ", axis));
    all.addAll(rows);
    return all;
  }

  private static String table(List<List<String>> rows) {
    StringBuilder table = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      table.append('|');
      rows.get(i).forEach(cell -> table.append(' ').append(cell.replace("|", "\\|")).append(" |"));
      table.append('\n');
      if (i == 0) {
        table.append("|---".repeat(rows.getFirst().size())).append("|\n");
      }
    }
    return table.toString();
  }
}
