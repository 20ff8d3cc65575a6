package fivefold.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.lab.compare.LinuxProcess.Ticks;
import fivefold.sys.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcFilesTest {

  @Test
  void theCommandOfAProcessMayHoldAnything() {
    String stat =
        "42 (a) b (c) S 1 42 42 0 -1 4194304 100 0 0 0 71 29 5 6 20 0 3 0 1000 1 1 1 1 1 1\n";
    assertThat(LinuxProcess.parseTicks(stat)).isEqualTo(new Ticks(71, 29));
  }

  @Test
  void fieldsAreFoundByTheirWholeName() {
    String status =
        "Threads:\t12\nVmRSS:\t  2048 kB\nvoluntary_ctxt_switches:\t5\nnonvoluntary_ctxt_switches:\t7\n";
    assertThat(LinuxProcess.field(status, "Threads:")).isEqualTo(12);
    assertThat(LinuxProcess.field(status, "VmRSS:")).isEqualTo(2048);
    assertThat(LinuxProcess.field(status, "VmSwap:")).isZero();
    assertThat(LinuxProcess.switches(status)).isEqualTo(12);
  }

  @Test
  void threadsComeAndGoBetweenTwoReadings() {
    Map<String, Long> before = Map.of("1", 100L, "2", 50L);
    Map<String, Long> after = Map.of("1", 130L, "3", 7L);
    assertThat(LinuxProcess.switchesBetween(before, after)).isEqualTo(37);
  }

  @Test
  void theProcessorsLineIsRead() {
    LinuxCpu cpu = LinuxCpu.parse("cpu  10 20 30 400 50 6 7 8 0 0");
    assertThat(cpu).isEqualTo(new LinuxCpu(73, 8));
    assertThat(LinuxCpu.parse("intr 1 2 3")).isNull();
  }

  @Test
  void thisProcessCanBeRead() {
    assumeTrue(Platform.unavailable().isEmpty());
    LinuxProcess self = new LinuxProcess((int) ProcessHandle.current().pid());
    assertThat(self.ticks()).isNotNull();
    assertThat(self.size()).isNotNull();
    assertThat(self.openDescriptors()).isPositive();
    assertThat(self.contextSwitches()).isNotEmpty();
    assertThat(LinuxCpu.read()).isNotNull();
  }
}
