package fivefold.cli;

import fivefold.lab.exhibit.Exhibits;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.page.HtmlPage;
import fivefold.lab.exhibit.page.IndexPage;
import fivefold.lab.exhibit.page.MarkdownPage;
import fivefold.lab.exhibit.page.Visit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The files that exhibits are written to. */
final class ExhibitFiles {
  @Option(
      names = "--out-html",
      paramLabel = "FILE",
      description = "Write one HTML file, which needs no network.")
  @Nullable Path html;

  @Option(
      names = "--out-md",
      paramLabel = "DIR",
      description = "Write Markdown, in every language: DIR/en/NAME.md, DIR/zh/NAME.md.")
  @Nullable Path markdown;

  boolean areWanted() {
    return html != null || markdown != null;
  }

  /**
   * Before the work.
   *
   * @throws UsageException when one cannot be written
   */
  void check() {
    if (html != null) {
      OutputFile.requireWritable("--out-html", html);
    }
    if (markdown != null) {
      OutputFile.requireFolder("--out-md", markdown);
    }
  }

  void write(List<Visit> visits, Language language) throws IOException {
    Path page = html;
    if (page != null) {
      Files.writeString(page, HtmlPage.render(visits, language));
    }
    Path folder = markdown;
    if (folder != null) {
      for (Language each : Language.values()) {
        writeMarkdown(folder.resolve(each.word()), visits, each);
      }
    }
  }

  private static void writeMarkdown(Path folder, List<Visit> visits, Language language)
      throws IOException {
    Files.createDirectories(folder);
    for (Visit visit : visits) {
      Path file = folder.resolve(visit.exhibit().name() + ".md");
      Files.writeString(file, MarkdownPage.render(visit, language));
    }
    Files.writeString(folder.resolve("README.md"), IndexPage.render(Exhibits.all(), language));
  }
}
