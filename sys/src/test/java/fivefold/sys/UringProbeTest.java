package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UringProbeTest {
  private static final List<String> GRANTED = List.of("--enable-native-access=fivefold.sys");

  /** Prints why io_uring cannot be used when a system call fails: its number, the error. */
  static final class Forbidden {
    private Forbidden() {}

    public static void main(String[] arguments) {
      SeccompFilter.forbid(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
      System.out.println(UringProbe.ofThisSystem().unavailable().orElse("it works"));
    }
  }

  /** Prints the same when no descriptor can be opened. */
  static final class WithoutDescriptors {
    private WithoutDescriptors() {}

    public static void main(String[] arguments) {
      UringProbe.ofThisSystem(); // a class is loaded only while its file can be opened
      UringRefusal.explain(NativeException.of("loaded", -Errno.EMFILE).errno(), "");
      int lowest = EventFd.create();
      Limits.set(Limits.RLIMIT_NOFILE, lowest + 1L, Limits.hard(Limits.RLIMIT_NOFILE));
      String reason = UringProbe.ofThisSystem().unavailable().orElse("it works");
      Limits.raiseDescriptors();
      System.out.println(reason);
    }
  }

  @Test
  void saysEitherWhyNotOrWhat() throws Exception {
    UringProbe probe = UringProbe.ofThisSystem();
    assertThat(probe.kernel())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip());
    if (probe.unavailable().isPresent()) {
      assertThat(probe.features()).isZero();
      assertThat(probe.hasOperation(UringOperation.IORING_OP_NOP)).isFalse();
    } else {
      assertThat(probe.hasFeatures(Uring.IORING_FEAT_EXT_ARG | Uring.IORING_FEAT_CQE_SKIP))
          .isTrue();
      assertThat(probe.hasOperation(UringOperation.IORING_OP_SENDMSG_ZC)).isTrue();
      assertThat(probe.hasOperation(250)).isFalse();
    }
  }

  @Test
  void leavesNoDescriptorOpen() {
    try (Owned owned = new Owned()) {
      UringProbe.ofThisSystem();
      int before = owned.fd(EventFd.create());
      UringProbe.ofThisSystem();
      assertThat(owned.fd(EventFd.create())).isLessThan(before + 3);
    }
  }

  @Test
  void aSeccompFilterIsNamed() throws Exception {
    for (int systemCall :
        new int[] {
          Uring.SYS_io_uring_setup, Uring.SYS_io_uring_enter, Uring.SYS_io_uring_register
        }) {
      assertThat(forbidding(systemCall, Errno.EPERM))
          .startsWith("forbidden by a seccomp filter, as containers have one (EPERM): allow");
    }
    assertThat(forbidding(Uring.SYS_io_uring_setup, Errno.ENOSYS))
        .startsWith("hidden by a seccomp filter (ENOSYS): allow");
    assertThat(forbidding(Uring.SYS_io_uring_setup, Errno.ENOMEM)).contains("ENOMEM", "ulimit -l");
  }

  @Test
  void tooFewDescriptorsAreNamed() throws Exception {
    var result = ChildJvm.run(GRANTED, WithoutDescriptors.class);
    assertThat(result.output()).contains("EMFILE", "ulimit -n");
  }

  private static String forbidding(int systemCall, int errno) throws Exception {
    var result =
        ChildJvm.run(
            GRANTED, Forbidden.class, Integer.toString(systemCall), Integer.toString(errno));
    assertThat(result.exitCode()).as(result.output()).isZero();
    return result.output();
  }
}
