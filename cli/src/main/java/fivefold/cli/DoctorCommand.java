package fivefold.cli;

import fivefold.lab.doctor.Diagnosis;
import fivefold.lab.doctor.Doctor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what on this machine stands in a server's way. */
@Command(
    name = "doctor",
    description = {
      "Examine this machine: what stands in a server's way, what that does, and the command that",
      "mends it. Changes nothing."
    },
    footer = {
      "",
      "ok       as it should be",
      "note     works, but limits or costs something",
      "problem  stands in the way",
      "A command after 'now:' works at once, one after 'keep:' from the next start on.",
      "",
      "Examples:",
      "  fivefold doctor",
      "  fivefold doctor --json | jq -r '.findings[] | select(.now) | .now'",
      "",
      "Exit code 0 when nothing stands in the way, 1 when something does."
    })
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  @Override
  public Integer call() {
    Diagnosis diagnosis = Doctor.ofThisSystem().examine();
    if (json) {
      System.out.println(DiagnosisJson.text(diagnosis));
    } else {
      DiagnosisText.lines(diagnosis).forEach(System.out::println);
    }
    return diagnosis.hasProblem() ? 1 : 0;
  }
}
