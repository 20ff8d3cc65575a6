package fivefold.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.doctor.Finding.Status;
import fivefold.lab.doctor.JavaRuntime.NativeAccess;
import fivefold.net.Availability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path root;

  @Test
  void aLinuxThatHidesItsFilesIsExaminedWithoutAProblem() {
    Diagnosis diagnosis = examine("Linux");
    assertThat(diagnosis.hasProblem()).isFalse();
    assertThat(diagnosis.count(Status.NOTE)).isPositive();
    assertThat(diagnosis.sections())
        .extracting(Section::title)
        .containsExactly(
            "system",
            "io_uring",
            "limits of a process",
            "a crowd",
            "kernel settings",
            "container",
            "Java",
            "I/O models");
  }

  @Test
  void elsewhereOnlyWhatIsNotOfLinuxIsExamined() {
    Diagnosis diagnosis = examine("Mac OS X");
    assertThat(diagnosis.sections())
        .extracting(Section::title)
        .containsExactly("system", "Java", "I/O models");
    assertThat(diagnosis.hasProblem()).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisSystemIsExamined() {
    Diagnosis diagnosis = Doctor.ofThisSystem().examine();
    assertThat(diagnosis.sections()).hasSize(8).allMatch(section -> !section.findings().isEmpty());
    assertThat(diagnosis.hasProblem()).isEqualTo(diagnosis.count(Status.PROBLEM) > 0);
  }

  /** Of most files in /proc/sys only the first read gets anything. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void numbersOfProcAreReadWhole() throws IOException {
    for (String name : List.of("kernel.pid_max", "vm.max_map_count", "fs.nr_open")) {
      String file = "/proc/sys/" + name.replace('.', '/');
      Process cat = new ProcessBuilder("cat", file).start();
      String expected = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(new SystemFiles(Path.of("/")).sysctl(name)).contains(expected.strip());
    }
  }

  private Diagnosis examine(String os) {
    return new Doctor(
            new SystemFiles(root),
            os,
            FindingsTest.java("", NativeAccess.GRANTED),
            () -> UringFindingsTest.works(true),
            model -> new Availability.Available())
        .examine();
  }
}
