package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.doctor.Diagnosis;
import fivefold.lab.doctor.Doctor;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class DoctorTest {

  @Test
  void showsEachFindingAndEndsWithTheCount() {
    Diagnosis diagnosis = Doctor.ofThisSystem().examine();
    Captured run = Captured.run("doctor");
    assertThat(run.errors()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(diagnosis.hasProblem() ? 1 : 0);
    assertThat(run.output()).containsPattern("\\n\\n\\d+ problems?, \\d+ notes?, \\d+ ok\\n$");
    diagnosis.sections().stream()
        .flatMap(section -> section.findings().stream())
        .forEach(finding -> assertThat(run.output()).contains(" " + finding.name() + " "));
  }

  @Test
  void fitsInAHundredColumnsExceptForCommandsWhichAreNotBroken() {
    List<String> wide =
        Captured.run("doctor").output().lines().filter(line -> line.length() > 100).toList();
    assertThat(wide).allMatch(line -> line.startsWith("  now:  ") || line.startsWith("  keep: "));
  }

  @Test
  void printsJsonForPrograms() {
    int findings = 0;
    String text = Captured.run("doctor", "--json").output();
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      for (JsonToken token; (token = json.nextToken()) != null; ) {
        if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("status")) {
          json.nextToken();
          assertThat(json.getString()).isIn("ok", "note", "problem");
          findings++;
        }
      }
    }
    assertThat(findings).isGreaterThan(2);
  }
}
