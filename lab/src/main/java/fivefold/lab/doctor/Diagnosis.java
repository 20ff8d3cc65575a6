package fivefold.lab.doctor;

import fivefold.lab.doctor.Finding.Status;
import java.util.List;

/** All that was found. */
public record Diagnosis(List<Section> sections) {

  /** How many findings have this status. */
  public long count(Status status) {
    return sections.stream()
        .flatMap(section -> section.findings().stream())
        .filter(finding -> finding.status() == status)
        .count();
  }

  /** Whether something stands in the way. */
  public boolean hasProblem() {
    return count(Status.PROBLEM) > 0;
  }
}
