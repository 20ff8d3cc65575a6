package fivefold.cli;

import fivefold.lab.record.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells results again, without measuring. */
@Command(
    name = "report",
    description = "Tell the results of an earlier compare again: tables, report, CSV, Markdown.",
    footer = {
      "",
      "Examples:",
      "  fivefold report results.json",
      "  fivefold report results.json --lang zh --out-html report-zh.html --out-md report.md",
      "  fivefold report now.json --baseline old.json    # what has changed? exit code 3: worse",
      "",
      "Exit code 0 when it is written, 1 when the two results have nothing in common, 2 for",
      "bad usage, 3 when a figure is worse than in --baseline, beyond noise and --tolerance."
    })
final class ReportCommand implements Callable<Integer> {
  private static final int REGRESSION = 3;

  @Parameters(paramLabel = "RESULTS", description = "A results.json that compare has written.")
  Path file = Path.of("results.json");

  @Mixin ReportFlags report = new ReportFlags();

  @Mixin BaselineFlags baseline = new BaselineFlags();

  @Override
  public Integer call() throws IOException {
    report.check();
    report.requireDifferent("RESULTS", file);
    baseline.check();
    Results results = BaselineFlags.read("RESULTS", file);
    Results before = baseline.read();
    report.print(results);
    report.tell(report.write(results));
    return before != null && baseline.hasRegressed(before, results, report.language())
        ? REGRESSION
        : 0;
  }
}
