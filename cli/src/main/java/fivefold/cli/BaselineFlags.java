package fivefold.cli;

import fivefold.lab.record.Baseline;
import fivefold.lab.record.Change;
import fivefold.lab.record.Results;
import fivefold.lab.record.ResultsFile;
import fivefold.lab.record.Settings;
import fivefold.lab.report.BaselineText;
import fivefold.lab.report.Language;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An earlier run, and what may have changed since. */
final class BaselineFlags {
  private static final int TOLERANCE_LIMIT_PERCENT = 1000;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "An earlier results.json: say what has changed beyond noise.")
  @Nullable Path file;

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      converter = WholeNumber.class,
      description = "A change since then that is no news (10).")
  int tolerancePercent = 10;

  /**
   * Checks the range.
   *
   * @throws UsageException when it does not fit
   */
  void check() {
    if (tolerancePercent < 0 || tolerancePercent > TOLERANCE_LIMIT_PERCENT) {
      throw new UsageException(
          "--tolerance is "
              + tolerancePercent
              + "; expected 0 to "
              + TOLERANCE_LIMIT_PERCENT
              + " percent");
    }
  }

  /**
   * The earlier results; null when none are asked for.
   *
   * @throws UsageException when there are none to read
   */
  @Nullable Results read() {
    return file == null ? null : read("--baseline", file);
  }

  /**
   * Results from a file.
   *
   * @param what names it, such as the option
   * @throws UsageException when there are none to read
   */
  static Results read(String what, Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException(what + ": " + file + " is a folder; expected a file");
    }
    try {
      return ResultsFile.read(file);
    } catch (NoSuchFileException e) {
      throw new UsageException(what + ": there is no file " + file + "; check the path");
    } catch (AccessDeniedException e) {
      throw new UsageException(what + ": " + file + " may not be read; change its permissions");
    } catch (IOException e) {
      throw new UsageException(what + ": " + e.getMessage());
    }
  }

  /**
   * Before the work: nothing measured could be compared.
   *
   * @throws UsageException when it is so
   */
  void requireInCommon(Results before, List<Settings> planned) {
    Baseline baseline = new Baseline(before, 0);
    if (planned.stream().noneMatch(baseline::covers)) {
      throw new UsageException("--baseline: " + nothingInCommon());
    }
  }

  /** Says what has changed, and tells whether anything is worse. */
  boolean hasRegressed(Results before, Results now, Language language) {
    List<Change> changes = new Baseline(before, tolerancePercent / 100.0).changes(now);
    if (changes.isEmpty()) {
      throw new FailureException(nothingInCommon());
    }
    System.out.println();
    System.out.print(
        new BaselineText(language, ReportFlags.columns())
            .render(String.valueOf(file), before, now, changes));
    return changes.stream().anyMatch(change -> change.verdict() == Change.Verdict.WORSE);
  }

  private String nothingInCommon() {
    return file
        + " has nothing in common with this run: no model at the same service, connections,"
        + " size, pipeline, rate and mix; repeat with those of that file";
  }
}
