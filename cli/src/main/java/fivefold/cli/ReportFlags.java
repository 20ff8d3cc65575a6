package fivefold.cli;

import fivefold.cli.console.Terminals;
import fivefold.lab.record.Results;
import fivefold.lab.report.CsvReport;
import fivefold.lab.report.HtmlReport;
import fivefold.lab.report.Language;
import fivefold.lab.report.MarkdownReport;
import fivefold.lab.report.TerminalReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How results are told: on the terminal, and in files. */
final class ReportFlags {
  @Option(
      names = "--out-html",
      paramLabel = "FILE",
      description = "Where the report goes (report.html).")
  Path html = Path.of("report.html");

  @Option(
      names = "--out-csv",
      paramLabel = "FILE",
      description = "Each round of each row as CSV, too.")
  @Nullable Path csv;

  @Option(names = "--out-md", paramLabel = "FILE", description = "The table as Markdown, too.")
  @Nullable Path markdown;

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      description =
          "Of the tables, of the Markdown, and of the report at first: en (default) or zh.")
  String code = Language.ENGLISH.code();

  /**
   * Checks all of them.
   *
   * @throws UsageException for the first that does not fit
   */
  void check() {
    if (!Language.codes().contains(code)) {
      throw new UsageException(
          "--lang is '"
              + code
              + "'; expected one of "
              + String.join(", ", Language.codes())
              + NearMiss.hint(code, Language.codes()));
    }
    OutputFile.requireWritable("--out-html", html);
    if (csv != null) {
      OutputFile.requireWritable("--out-csv", csv);
    }
    if (markdown != null) {
      OutputFile.requireWritable("--out-md", markdown);
    }
    OutputFile.requireDifferent("--out-html", html, "--out-csv", csv);
    OutputFile.requireDifferent("--out-html", html, "--out-md", markdown);
    OutputFile.requireDifferent("--out-csv", csv, "--out-md", markdown);
  }

  /**
   * Checks that none is written over another file.
   *
   * @throws UsageException when one would be
   */
  void requireDifferent(String what, Path file) {
    OutputFile.requireDifferent("--out-html", html, what, file);
    OutputFile.requireDifferent("--out-csv", csv, what, file);
    OutputFile.requireDifferent("--out-md", markdown, what, file);
  }

  Language language() {
    return Language.of(code);
  }

  void print(Results results) {
    boolean colours = Terminals.arePresent() && System.getenv("NO_COLOR") == null;
    System.out.print(new TerminalReport(colours, language(), columns()).render(results));
  }

  /** The terminal's; without one every line may be as long as it is. */
  static int columns() {
    return Terminals.arePresent() ? TerminalWidth.columns() : Integer.MAX_VALUE;
  }

  /** The files written. */
  List<Path> write(Results results) throws IOException {
    List<Path> written = new ArrayList<>(List.of(html));
    HtmlReport.write(results, language(), html);
    if (csv != null) {
      CsvReport.write(results, csv);
      written.add(csv);
    }
    if (markdown != null) {
      MarkdownReport.write(results, language(), markdown);
      written.add(markdown);
    }
    return written;
  }

  /** The line that names them, after an empty one. */
  void tell(List<Path> written) {
    System.out.println(
        "\n"
            + (language() == Language.CHINESE ? "已写入：" : "written: ")
            + String.join(
                language() == Language.CHINESE ? "、" : ", ",
                written.stream().map(Path::toString).toList()));
  }
}
