package fivefold.lab.doctor;

import java.util.List;

/**
 * Whether a seccomp(2) filter stands between this process and the kernel.
 *
 * @param isUringRefused whether io_uring was tried and refused
 */
record SeccompFindings(SystemFiles files, boolean isUringRefused) {
  private static final String NAME = "seccomp";

  /** proc_pid_status(5). */
  private static final String NONE = "0";

  List<Finding> all() {
    return List.of(of(files.field("proc/self/status", "Seccomp").orElse("")));
  }

  private Finding of(String mode) {
    if (mode.isEmpty()) {
      return Finding.note(NAME, "unknown", "/proc/self/status does not tell of it");
    }
    if (mode.equals(NONE)) {
      return Finding.ok(NAME, "no filter", "every system call reaches the kernel");
    }
    return isUringRefused
        ? Finding.note(NAME, "filtered", "a filter is in force; see io_uring_setup below")
        : Finding.ok(NAME, "filtered", "a filter is in force, and lets io_uring through");
  }
}
