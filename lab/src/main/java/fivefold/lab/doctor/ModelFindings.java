package fivefold.lab.doctor;

import fivefold.net.Availability;
import fivefold.net.Availability.Unavailable;
import fivefold.net.IoModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Which I/O models can run; what keeps one from it is a finding of its own subject. */
record ModelFindings(Function<IoModel, Availability> availability) {
  static final String TITLE = "I/O models";

  List<Finding> all() {
    List<String> available = new ArrayList<>();
    List<Finding> missing = new ArrayList<>();
    for (IoModel model : IoModel.all()) {
      if (availability.apply(model) instanceof Unavailable why) {
        String effect = why.reason() + "; " + why.remedy();
        missing.add(Finding.note(model.word(), "not available", effect));
      } else {
        available.add(model.word());
      }
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("available", available.size() + "", String.join(", ", available)));
    findings.addAll(missing);
    return findings;
  }
}
