package fivefold.sys;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Why the kernel refuses io_uring, and what to do, from the error and what /proc tells. */
record UringRefusal(String kernel, String disabled, String disabledGroup, boolean isFiltered) {
  /** io_uring_setup(2): the sysctl came with Linux 6.6. */
  private static final String DISABLED = "/proc/sys/kernel/io_uring_disabled";

  private static final String GROUP = "/proc/sys/kernel/io_uring_group";

  /** In proc_pid_status(5): a filter is in force for the thread. */
  private static final String FILTERED = "Seccomp:\t2";

  static UringRefusal ofThisSystem(String kernel) {
    return new UringRefusal(
        kernel, read(DISABLED), read(GROUP), read("/proc/thread-self/status").contains(FILTERED));
  }

  static String explain(int errno, String kernel) {
    return ofThisSystem(kernel).explain(errno);
  }

  /**
   * One line for the user.
   *
   * @param errno positive
   */
  String explain(int errno) {
    return switch (errno) {
      case Errno.EPERM, Errno.EACCES -> forbidden(errno);
      case Errno.ENOSYS -> missing();
      case Errno.EINVAL ->
          "this kernel is too old, Linux "
              + kernel
              + ": start one from 6.1 on, or take another model";
      case Errno.ENOMEM ->
          "no memory for a ring (ENOMEM): raise the limit of locked memory, ulimit -l unlimited";
      case Errno.EMFILE -> "too many open descriptors (EMFILE): raise the limit, ulimit -n";
      case Errno.ENFILE ->
          "too many open files in the system (ENFILE): raise it, sudo sysctl -w fs.file-max=NUMBER";
      default -> "the kernel refuses it: " + Errno.describe(errno);
    };
  }

  private String forbidden(int errno) {
    return switch (disabled) {
      case "2" ->
          "disabled on this system, kernel.io_uring_disabled is 2:"
              + " sudo sysctl -w kernel.io_uring_disabled=0";
      case "1" ->
          "kernel.io_uring_disabled is 1, and this process has no CAP_SYS_ADMIN and is not in"
              + " group "
              + disabledGroup
              + " (kernel.io_uring_group): sudo sysctl -w kernel.io_uring_disabled=0,"
              + " or sudo sysctl -w kernel.io_uring_group=GID";
      default ->
          isFiltered
              ? "forbidden by a seccomp filter, as containers have one ("
                  + Errno.name(errno)
                  + "): allow io_uring_setup, io_uring_enter and io_uring_register,"
                  + " docker run --security-opt seccomp=PROFILE"
              : "forbidden by a security module ("
                  + Errno.name(errno)
                  + "): allow io_uring in its policy";
    };
  }

  private String missing() {
    return isFiltered
        ? "hidden by a seccomp filter (ENOSYS): allow io_uring_setup, io_uring_enter and"
            + " io_uring_register"
        : "this kernel has no io_uring, Linux "
            + kernel
            + ": start one from 6.1 on, built with CONFIG_IO_URING";
  }

  private static String read(String file) {
    // Not by Files.readString: it reads one byte first, and of a number in /proc/sys a second read
    // gets nothing.
    try (FileInputStream in = new FileInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException | RuntimeException unreadable) {
      return "";
    }
  }
}
