package fivefold.lab.exhibit.page;

import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Texts;
import java.util.List;

/** The list of all exhibits as Markdown, beside the folders of their pages. */
public final class IndexPage {
  private IndexPage() {}

  /** A table with each exhibit's question, in a language. */
  public static String render(List<Exhibit> exhibits, Language language) {
    Texts shared = Texts.shared(language);
    StringBuilder page = new StringBuilder();
    page.append("# ").append(shared.say("title")).append("\n\n");
    page.append(shared.say("index")).append("\n\n```sh\n./fivefold exhibit three-tasks\n");
    page.append("./fivefold exhibit --all --out-html exhibits.html\n```\n\n");
    page.append("| | ").append(shared.say("heading.question")).append(" |\n|---|---|\n");
    for (Exhibit exhibit : exhibits) {
      Texts texts = Texts.of(exhibit.name(), language);
      page.append("| [").append(exhibit.name()).append("](").append(exhibit.name());
      page.append(".md) | ").append(texts.say("question")).append(" |\n");
    }
    return page.toString();
  }
}
