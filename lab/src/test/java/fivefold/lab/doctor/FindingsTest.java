package fivefold.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.doctor.Finding.Status;
import fivefold.lab.doctor.JavaRuntime.NativeAccess;
import fivefold.net.Availability;
import fivefold.net.IoModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each finding on machines where it is as it should be, and where it is not. */
class FindingsTest {
  @TempDir Path root;
  private FakeSystem system;

  @BeforeEach
  void anEmptyMachine() {
    system = new FakeSystem(root);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          6.18.0-amd64      | OK   | has all that the models use
          6.12.1            | OK   | has all that the models use
          6.8.0-45-generic  | NOTE | without incremental buffers
          6.1.0-18-amd64    | NOTE | without incremental buffers
          5.15.0            | NOTE | no io_uring here
          strange           | NOTE | no io_uring here
          """)
  void theKernelsAgeIsJudged(String release, Status status, String effect) {
    system.sysctl("kernel.osrelease", release);
    Finding kernel = new KernelFindings(system.files(), "Linux").all().getFirst();
    assertThat(kernel.status()).isEqualTo(status);
    assertThat(kernel.value()).isEqualTo(release);
    assertThat(kernel.effect()).contains(effect);
  }

  @ParameterizedTest
  @CsvSource({"ID=debian,apt-get", "ID_LIKE=\"rhel fedora\",dnf", "ID=arch,"})
  void anOldKernelIsMendedByTheSystemsOwnTool(String osRelease, String tool) {
    system.sysctl("kernel.osrelease", "5.15.0").with("etc/os-release", osRelease);
    Mend mend = new KernelFindings(system.files(), "Linux").all().getFirst().mend();
    if (tool == null) {
      assertThat(mend).isNull();
    } else {
      assertThat(mend.now()).startsWith("sudo " + tool);
    }
  }

  @Test
  void aKernelThatDoesNotTellAndAnotherSystemAreNotes() {
    assertThat(new KernelFindings(system.files(), "Linux").all().getFirst())
        .extracting(Finding::status, Finding::value)
        .containsExactly(Status.NOTE, "unknown");
    assertThat(new KernelFindings(system.files(), "SunOS").all().getFirst())
        .extracting(Finding::status, Finding::value)
        .containsExactly(Status.NOTE, "SunOS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Seccomp: 0 | false | OK   | no filter
          Seccomp: 2 | false | OK   | filtered
          Seccomp: 2 | true  | NOTE | filtered
          Threads: 1 | false | NOTE | unknown
          """)
  void aFilterIsNamed(String status, boolean isUringRefused, Status expected, String value) {
    system.with("proc/self/status", "Name: java\n" + status.replace(" ", "\t"));
    assertThat(new SeccompFindings(system.files(), isUringRefused).all().getFirst())
        .extracting(Finding::status, Finding::value)
        .containsExactly(expected, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          net.core.somaxconn           | 4096    | 128
          net.ipv4.tcp_max_syn_backlog | 1024    | 256
          net.core.rmem_max            | 212992  | 65536
          net.core.wmem_max            | 4194304 | 4096
          fs.epoll.max_user_watches    | 5491511 | 1000
          fs.nr_open                   | 1048576 | 65536
          vm.max_map_count             | 65530   | 30000
          """)
  void aSettingThatIsTooSmallIsMendedBySysctl(String name, String good, String low) {
    system.sysctl(name, good);
    Finding ok = FakeSystem.named(new SysctlFindings(system.files()).all(), name);
    assertThat(ok).extracting(Finding::status, Finding::value).containsExactly(Status.OK, good);
    system.sysctl(name, low);
    Finding note = FakeSystem.named(new SysctlFindings(system.files()).all(), name);
    assertThat(note).extracting(Finding::status, Finding::value).containsExactly(Status.NOTE, low);
    assertThat(note.effect()).contains(low).doesNotContain("%d");
    assertThat(note.mend().now()).matches("sudo sysctl -w \\Q" + name + "\\E=\\d+");
    assertThat(note.mend().lasting()).contains(name + "=", "/etc/sysctl.d/");
  }

  @Test
  void filesOfTheWholeSystemAreJudgedByWhatIsLeft() {
    system.sysctl("fs.file-max", 100_000).sysctl("fs.file-nr", "1275\t0\t100000");
    Finding ok = FakeSystem.named(new SysctlFindings(system.files()).all(), "fs.file-max");
    assertThat(ok.status()).isEqualTo(Status.OK);
    assertThat(ok.effect()).contains("1275");
    system.sysctl("fs.file-nr", "99990\t0\t100000");
    Finding full = FakeSystem.named(new SysctlFindings(system.files()).all(), "fs.file-max");
    assertThat(full.status()).isEqualTo(Status.PROBLEM);
    assertThat(full.effect()).contains("may open 10 files more");
    assertThat(full.mend().now()).isEqualTo("sudo sysctl -w fs.file-max=1048576");
  }

  @Test
  void portsAreCounted() {
    String name = "net.ipv4.ip_local_port_range";
    system.sysctl(name, "32768\t60999");
    assertThat(FakeSystem.named(new SysctlFindings(system.files()).all(), name))
        .extracting(Finding::status, Finding::value)
        .containsExactly(Status.OK, "32768 60999");
    system.sysctl(name, "40000\t40099");
    Finding few = FakeSystem.named(new SysctlFindings(system.files()).all(), name);
    assertThat(few.status()).isEqualTo(Status.NOTE);
    assertThat(few.effect()).contains("only 100 connections");
    assertThat(few.mend().now()).isEqualTo("sudo sysctl -w '" + name + "=32768 60999'");
  }

  @Test
  void aContainerMayHideSettings() {
    assertThat(new SysctlFindings(system.files()).all())
        .singleElement()
        .extracting(Finding::status, Finding::value)
        .containsExactly(Status.NOTE, "hidden");
    system.sysctl("net.core.somaxconn", 4096);
    assertThat(new SysctlFindings(system.files()).all())
        .hasSize(9)
        .filteredOn(finding -> finding.value().equals("not there"))
        .hasSize(8)
        .allMatch(finding -> finding.status() == Status.NOTE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ulimit -n (nofile)     | Max open files      | 1024   | 1048576 | OK      |
          ulimit -n (nofile)     | Max open files      | 20000  | 20000   | NOTE    | 19900 connections
          ulimit -n (nofile)     | Max open files      | 64     | 64      | PROBLEM | none for connections
          ulimit -u (nproc)      | Max processes       | 96365  | 96365   | OK      |
          ulimit -u (nproc)      | Max processes       | 1000   | 96365   | NOTE    | 1000 threads
          ulimit -u (nproc)      | Max processes       | 100    | 100     | PROBLEM | 100 threads
          ulimit -i (sigpending) | Max pending signals | 96365  | 96365   | OK      |
          ulimit -i (sigpending) | Max pending signals | 100    | 100     | NOTE    | poll(2)
          ulimit -l (memlock)    | Max locked memory   | 8388608 | 8388608 | OK     |
          ulimit -l (memlock)    | Max locked memory   | 65536  | 65536   | PROBLEM | ENOMEM
          ulimit -s (stack)      | Max stack size      | 8388608 | unlimited | OK   |
          ulimit -s (stack)      | Max stack size      | unlimited | unlimited | OK |
          ulimit -s (stack)      | Max stack size      | 65536  | 65536   | NOTE    | first thread
          """)
  void aLimitThatIsTooLowIsMendedByPrlimit(
      String name, String line, String soft, String hard, Status status, String effect) {
    system
        .sysctl("kernel.osrelease", "6.18.0")
        .with("proc/self/status", "CapEff:\t0000000000000000")
        .with("proc/self/limits", "%-25s %-20s %-20s things".formatted(line, soft, hard));
    Finding finding = FakeSystem.named(new LimitFindings(system.files()).all(), name);
    assertThat(finding.status()).isEqualTo(status);
    if (effect == null) {
      assertThat(finding.mend()).isNull();
    } else {
      assertThat(finding.effect()).contains(effect);
      assertThat(finding.mend().now()).startsWith("sudo prlimit --pid $$ --");
      assertThat(finding.mend().lasting()).contains("/etc/security/limits.d/");
    }
  }

  @Test
  void whoeverMayExceedALimitIsNotHeldByIt() {
    system
        .sysctl("kernel.osrelease", "6.18.0")
        .with("proc/self/status", "CapEff:\t000001ffffffffff")
        .with(
            "proc/self/limits",
            """
            Max processes        10     10     processes
            Max locked memory    65536  65536  bytes
            """);
    assertThat(new LimitFindings(system.files()).all())
        .hasSize(2)
        .allMatch(finding -> finding.status() == Status.OK);
  }

  @Test
  void locksCountForRingsSinceLinux614() {
    system
        .with("proc/self/limits", "Max locked memory    65536  65536  bytes")
        .sysctl("kernel.osrelease", "6.12.0");
    assertThat(new LimitFindings(system.files()).all().getFirst().status()).isEqualTo(Status.OK);
    system.sysctl("kernel.osrelease", "6.14.0");
    assertThat(new LimitFindings(system.files()).all().getFirst().status())
        .isEqualTo(Status.PROBLEM);
  }

  @Test
  void limitsMayBeHidden() {
    assertThat(new LimitFindings(system.files()).all())
        .singleElement()
        .extracting(Finding::status, Finding::value)
        .containsExactly(Status.NOTE, "hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0-3     | 0-3 | OK   | 4 of 4
          0-1,3   | 0-3 | NOTE | 3 of 4
          0       | 0   | NOTE | 1 of 1
          5       |     | NOTE | 1
          nothing | 0   | NOTE | unknown
          """)
  void processorsAreCounted(String allowed, String online, Status status, String value) {
    system.with("proc/self/status", "Cpus_allowed_list:\t" + allowed);
    if (online != null) {
      system.with("sys/devices/system/cpu/online", online);
    }
    assertThat(new CoreFindings(system.files()).all().getFirst())
        .extracting(Finding::status, Finding::value)
        .containsExactly(status, value);
  }

  @Test
  void noContainerIsNoFinding() {
    system
        .with("proc/self/cgroup", "0::/user.slice")
        .with("sys/fs/cgroup/user.slice/memory.max", "max")
        .with("sys/fs/cgroup/user.slice/cpu.max", "max 100000")
        .with("sys/fs/cgroup/user.slice/pids.max", "max");
    assertThat(new ContainerFindings(system.files()).all())
        .singleElement()
        .extracting(Finding::status, Finding::value)
        .containsExactly(Status.OK, "no limit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          memory.max | 1073741824    | OK      | 1024 MiB
          memory.max | 209715200     | NOTE    | 200 MiB
          memory.max | 67108864      | PROBLEM | 64 MiB
          cpu.max    | 200000 100000 | OK      | 2.00 processors
          cpu.max    | 50000 100000  | NOTE    | 0.50 processors
          pids.max   | 9000          | OK      | 9000
          pids.max   | 512           | NOTE    | 512
          pids.max   | 20            | PROBLEM | 20
          """)
  void limitsOfAContainerAreRead(String file, String content, Status status, String value) {
    system.with("proc/self/cgroup", "0::/").with("sys/fs/cgroup/" + file, content);
    Finding finding = FakeSystem.named(new ContainerFindings(system.files()).all(), file);
    assertThat(finding).extracting(Finding::status, Finding::value).containsExactly(status, value);
    if (status != Status.OK) {
      assertThat(finding.mend().now()).startsWith("docker update --");
    }
  }

  @Test
  void theSmallestLimitOnTheWayUpCountsAndAServiceIsMendedBySystemd() {
    system
        .with("proc/self/cgroup", "0::/system.slice/echo.service/loops")
        .with("sys/fs/cgroup/system.slice/memory.max", "209715200")
        .with("sys/fs/cgroup/system.slice/echo.service/memory.max", "max")
        .with("sys/fs/cgroup/system.slice/echo.service/loops/memory.max", "1073741824");
    Finding finding = FakeSystem.named(new ContainerFindings(system.files()).all(), "memory.max");
    assertThat(finding.value()).isEqualTo("200 MiB");
    assertThat(finding.mend().now())
        .isEqualTo("sudo systemctl set-property echo.service MemoryMax=1G");
  }

  @Test
  void controlGroupsOfVersion1AreRead() {
    system
        .with("proc/self/cgroup", "8:pids:/docker/ab\n4:memory:/docker/ab\n1:cpu,cpuacct:/\n0::/")
        .with("sys/fs/cgroup/memory/docker/ab/memory.limit_in_bytes", "67108864")
        .with("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000")
        .with("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000")
        .with("sys/fs/cgroup/pids/docker/ab/pids.max", "100");
    assertThat(new ContainerFindings(system.files()).all())
        .extracting(Finding::value)
        .containsExactly("64 MiB", "0.50 processors", "100");
    system
        .with("sys/fs/cgroup/memory/docker/ab/memory.limit_in_bytes", "9223372036854771712")
        .with("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1")
        .with("sys/fs/cgroup/pids/docker/ab/pids.max", "max");
    assertThat(new ContainerFindings(system.files()).all())
        .extracting(Finding::value)
        .containsExactly("no limit");
  }

  @ParameterizedTest
  @EnumSource
  void nativeAccessIsGrantedOrMended(NativeAccess access) {
    Finding finding =
        FakeSystem.named(new JavaFindings(system.files(), java("", access)).all(), "native access");
    assertThat(finding.status())
        .isEqualTo(
            switch (access) {
              case GRANTED -> Status.OK;
              case WITH_A_WARNING -> Status.NOTE;
              case DENIED -> Status.PROBLEM;
            });
    if (access == NativeAccess.GRANTED) {
      assertThat(finding.mend()).isNull();
    } else {
      assertThat(finding.mend().now()).contains("--enable-native-access=fivefold.sys");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -XX:AOTCache=/app/five.aot | mixed mode, sharing | OK   | in use
          -XX:AOTCache=/app/five.aot | mixed mode          | NOTE | refused
          -XX:AOTCache=/app/none.aot | mixed mode          | NOTE | not there
          -Xmx64m                    | mixed mode, sharing | NOTE | not asked for
          """)
  void theCacheIsThereOrNot(String flag, String vmInfo, Status status, String value) {
    system.with("app/five.aot", "").with("proc/self/cmdline", "java\0" + flag + "\0-m\0main");
    JavaRuntime java = java(vmInfo, NativeAccess.GRANTED);
    assertThat(FakeSystem.named(new JavaFindings(system.files(), java).all(), "AOT cache"))
        .extracting(Finding::status, Finding::value)
        .containsExactly(status, value);
  }

  @Test
  void aModelThatIsMissingSaysWhyAndWhatToDo() {
    List<Finding> findings =
        new ModelFindings(model ->
            model == IoModel.SIGNAL
                ? new Availability.Unavailable("no signals", "take epoll")
                : new Availability.Available())
            .all();
    assertThat(FakeSystem.named(findings, "signal"))
        .isEqualTo(Finding.note("signal", "not available", "no signals; take epoll"));
    assertThat(FakeSystem.named(findings, "available"))
        .extracting(Finding::status, Finding::value)
        .containsExactly(Status.OK, Integer.toString(IoModel.all().size() - 1));
  }

  @Test
  void modelsThatMissTheSameAreOneFinding() {
    List<Finding> findings =
        new ModelFindings(model ->
            model.family() == IoModel.Family.BLOCKING
                ? new Availability.Available()
                : new Availability.Unavailable("needs Linux", "take thread"))
            .all();
    assertThat(findings).hasSize(2);
    assertThat(FakeSystem.named(findings, "not available"))
        .extracting(Finding::status, Finding::effect)
        .containsExactly(Status.NOTE, "needs Linux; take thread");
    assertThat(FakeSystem.named(findings, "not available").value())
        .startsWith("nonblocking, select, ")
        .contains("io_uring");
  }

  static JavaRuntime java(String vmInfo, NativeAccess access) {
    return new JavaRuntime("25.0.3+9", "a vendor", vmInfo, access);
  }
}
