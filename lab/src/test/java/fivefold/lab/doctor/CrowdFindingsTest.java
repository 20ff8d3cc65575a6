package fivefold.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.doctor.Finding.Status;
import fivefold.sys.UringOperation;
import fivefold.sys.UringProbe;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrowdFindingsTest {
  @TempDir Path root;

  private Finding crowd(long availableMib, long filesMost, int descriptors) {
    FakeSystem system =
        new FakeSystem(root)
            .with("proc/meminfo", "MemAvailable:   " + availableMib * 1024 + " kB")
            .sysctl("fs.file-max", filesMost)
            .sysctl("fs.file-nr", "2000 0 " + filesMost)
            .with(
                "proc/self/limits",
                "Max open files            1024                 " + descriptors + "   files");
    return FakeSystem.named(new CrowdFindings(system.files(), works()).all(), "crowd");
  }

  private static UringProbe works() {
    BitSet operations = new BitSet();
    operations.set(UringOperation.IORING_OP_FIXED_FD_INSTALL);
    return new UringProbe(Optional.empty(), "6.18.0", 0, operations, true, true, true);
  }

  @Test
  void saysHowManyThereCanBeAndWhatSetsTheLimit() {
    assertThat(crowd(16_384, 10_000_000, 20_000))
        .satisfies(finding -> {
          assertThat(finding.status()).isEqualTo(Status.OK);
          assertThat(Long.parseLong(finding.value().replace(",", "")))
              .isBetween(1_000_000L, 2_000_000L);
          assertThat(finding.effect()).contains("the limit is memory");
        });
    assertThat(crowd(16_384, 100_000, 20_000).value()).isEqualTo("48,000");
    assertThat(crowd(16_384, 100_000, 20_000).effect()).contains("fs.file-max");
    assertThat(crowd(16_384, 10_000_000, 1_024).effect()).contains("ulimit -n");
    assertThat(crowd(1_600, 10_000_000, 20_000).status()).isEqualTo(Status.NOTE);
  }

  @Test
  void aMachineThatHidesItsFilesIsNoProblem() {
    CrowdFindings findings = new CrowdFindings(new FakeSystem(root).files(), works());
    assertThat(findings.all()).noneMatch(finding -> finding.status() == Status.PROBLEM);
  }
}
