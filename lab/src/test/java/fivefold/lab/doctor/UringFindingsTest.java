package fivefold.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.doctor.Finding.Status;
import fivefold.sys.UringOperation;
import fivefold.sys.UringProbe;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UringFindingsTest {
  private static final String DISABLED = "kernel.io_uring_disabled";
  private static final String GROUP = "kernel.io_uring_group";

  @TempDir Path root;
  private FakeSystem system;

  @BeforeEach
  void anEmptyMachine() {
    system = new FakeSystem(root);
  }

  @Test
  void allIsWellWhereEverythingIsThere() {
    system.sysctl(DISABLED, 0).sysctl(GROUP, -1);
    assertThat(findings(works(true)))
        .hasSize(7)
        .allMatch(finding -> finding.status() == Status.OK)
        .allMatch(finding -> finding.mend() == null);
    assertThat(FakeSystem.named(findings(works(true)), GROUP).value()).isEqualTo("-1");
  }

  @Test
  void anOldKernelLacksTheSwitchAndSomeFeatures() {
    List<Finding> findings = findings(works(false));
    assertThat(FakeSystem.named(findings, DISABLED))
        .extracting(Finding::status, Finding::value)
        .containsExactly(Status.OK, "not there");
    for (String feature : List.of("incremental buffers", "registered ring", "no index array")) {
      assertThat(FakeSystem.named(findings, feature))
          .extracting(Finding::status, Finding::value)
          .containsExactly(Status.NOTE, "missing");
    }
  }

  @Test
  void anOperationThatIsMissingIsAProblem() {
    UringProbe probe = works(true);
    probe.operations().clear(UringOperation.IORING_OP_ASYNC_CANCEL);
    Finding finding = FakeSystem.named(findings(probe), "operations");
    assertThat(finding.status()).isEqualTo(Status.PROBLEM);
    assertThat(finding.effect()).startsWith("ASYNC_CANCEL: ");
  }

  @Test
  void theSwitchOfTheSystemIsNamedAndTurned() {
    system.sysctl(DISABLED, 2).sysctl(GROUP, -1);
    List<Finding> findings = findings(refused("disabled on this system"));
    for (String name : List.of(DISABLED, "io_uring_setup")) {
      Finding finding = FakeSystem.named(findings, name);
      assertThat(finding.status()).isEqualTo(Status.PROBLEM);
      assertThat(finding.mend().now()).isEqualTo("sudo sysctl -w kernel.io_uring_disabled=0");
      assertThat(finding.mend().lasting())
          .isEqualTo("echo 'kernel.io_uring_disabled=0' | sudo tee -a /etc/sysctl.d/fivefold.conf");
    }
    assertThat(FakeSystem.named(findings, GROUP).status()).isEqualTo(Status.OK);
  }

  @Test
  void theGroupThatMayIsNamed() {
    system.sysctl(DISABLED, 1).sysctl(GROUP, 4711);
    List<Finding> findings = findings(refused("not in the group"));
    assertThat(FakeSystem.named(findings, DISABLED).status()).isEqualTo(Status.PROBLEM);
    assertThat(FakeSystem.named(findings, GROUP))
        .extracting(Finding::status, Finding::value)
        .containsExactly(Status.NOTE, "4711");
    assertThat(findings(works(true)))
        .filteredOn(finding -> finding.name().startsWith("kernel."))
        .hasSize(2)
        .allMatch(finding -> finding.status() == Status.OK);
  }

  @Test
  void aFilterIsMendedWhereTheContainerIsStarted() {
    system.sysctl(DISABLED, 0).with("proc/self/status", "Seccomp:\t2");
    Finding finding = FakeSystem.named(findings(refused("a filter")), "io_uring_setup");
    assertThat(finding.status()).isEqualTo(Status.PROBLEM);
    assertThat(finding.effect()).isEqualTo("a filter");
    assertThat(finding.mend().now()).startsWith("docker run --security-opt seccomp=");
    system.with("proc/self/status", "Seccomp:\t0");
    assertThat(FakeSystem.named(findings(refused("a module")), "io_uring_setup").mend()).isNull();
  }

  private List<Finding> findings(UringProbe probe) {
    return new UringFindings(system.files(), probe).all();
  }

  static UringProbe works(boolean isNew) {
    BitSet operations = new BitSet();
    operations.set(0, UringOperation.IORING_OP_LISTEN);
    return new UringProbe(Optional.empty(), "6.18.0", 0, operations, isNew, isNew, isNew);
  }

  static UringProbe refused(String reason) {
    return new UringProbe(Optional.of(reason), "6.18.0", 0, new BitSet(), false, false, false);
  }
}
