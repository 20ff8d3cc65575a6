package fivefold.lab.doctor;

import fivefold.net.Availability;
import fivefold.net.Availability.Unavailable;
import fivefold.net.IoModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which I/O models can run; what keeps one from it is a finding of its own subject. */
record ModelFindings(Function<IoModel, Availability> availability) {
  static final String TITLE = "I/O models";

  List<Finding> all() {
    List<String> available = new ArrayList<>();
    Map<Unavailable, List<String>> missing = new LinkedHashMap<>();
    for (IoModel model : IoModel.all()) {
      if (availability.apply(model) instanceof Unavailable why) {
        missing.computeIfAbsent(why, reason -> new ArrayList<>()).add(model.word());
      } else {
        available.add(model.word());
      }
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok("available", Integer.toString(available.size()), String.join(", ", available)));
    missing.forEach((why, words) -> findings.add(missing(why, words)));
    return findings;
  }

  /** What keeps several models from running is said once. */
  private static Finding missing(Unavailable why, List<String> words) {
    String effect = why.reason() + "; " + why.remedy();
    return words.size() == 1
        ? Finding.note(words.getFirst(), "not available", effect)
        : Finding.note("not available", String.join(", ", words), effect);
  }
}
