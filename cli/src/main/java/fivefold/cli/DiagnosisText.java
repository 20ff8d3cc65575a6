package fivefold.cli;

import fivefold.lab.doctor.Diagnosis;
import fivefold.lab.doctor.Finding;
import fivefold.lab.doctor.Finding.Status;
import fivefold.lab.doctor.Mend;
import fivefold.lab.doctor.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A diagnosis as lines for a reader. */
final class DiagnosisText {
  private static final String ROW = "  %-8s %-28s ";

  /** Where the texts begin. */
  private static final int INDENT = ROW.formatted("", "").length();

  private final List<String> lines = new ArrayList<>();

  private DiagnosisText() {}

  static List<String> lines(Diagnosis diagnosis) {
    DiagnosisText text = new DiagnosisText();
    diagnosis.sections().forEach(text::add);
    text.lines.add("");
    text.lines.add(
        "%s, %s, %d ok"
            .formatted(
                counted(diagnosis.count(Status.PROBLEM), "problem"),
                counted(diagnosis.count(Status.NOTE), "note"),
                diagnosis.count(Status.OK)));
    return text.lines;
  }

  private void add(Section section) {
    lines.add(section.title());
    section.findings().forEach(this::add);
  }

  private void add(Finding finding) {
    String status = finding.status().name().toLowerCase(Locale.ROOT);
    String row = ROW.formatted(status, finding.name());
    List<String> wrapped = Wrapped.lines(row, INDENT, finding.value() + ": " + finding.effect());
    lines.add(colour(finding.status()).of(status, wrapped.getFirst()));
    lines.addAll(wrapped.subList(1, wrapped.size()));
    Mend mend = finding.mend();
    if (mend != null) {
      lines.add("  now:  " + mend.now()); // never broken: it is there to be copied
      if (mend.lasting() != null) {
        lines.add("  keep: " + mend.lasting());
      }
    }
  }

  private static Colour colour(Status status) {
    return switch (status) {
      case OK -> Colour.GREEN;
      case NOTE -> Colour.YELLOW;
      case PROBLEM -> Colour.RED;
    };
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
