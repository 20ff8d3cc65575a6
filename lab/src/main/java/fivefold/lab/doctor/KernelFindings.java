package fivefold.lab.doctor;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which system this is, and what its age means. */
record KernelFindings(SystemFiles files, String os) {
  static final String TITLE = "system";

  boolean isLinux() {
    return os.equals("Linux");
  }

  List<Finding> all() {
    return List.of(isLinux() ? kernel() : otherSystem());
  }

  private Finding otherSystem() {
    return Finding.note(
        "system",
        os,
        "only the models that the JDK itself offers run here; what follows is little, because the"
            + " rest of this examination is of Linux");
  }

  private Finding kernel() {
    String release = files.sysctl("kernel.osrelease").orElse("");
    KernelVersion version = KernelVersion.of(release);
    if (release.isEmpty()) {
      return Finding.note("kernel", "unknown", "/proc/sys/kernel/osrelease cannot be read here");
    }
    if (version.isAtLeast(6, 12)) {
      return Finding.ok("kernel", release, "has all that the models use");
    }
    return Finding.note(
        "kernel",
        release,
        version.isAtLeast(6, 1)
            ? "io_uring runs, but without incremental buffers (6.12)"
            : "no io_uring here: that needs 6.1 or newer",
        upgrade());
  }

  private @Nullable Mend upgrade() {
    String families =
        files
            .text("etc/os-release")
            .orElse("")
            .lines()
            .filter(line -> line.startsWith("ID=") || line.startsWith("ID_LIKE="))
            .toList()
            .toString()
            .toLowerCase(Locale.ROOT);
    if (families.contains("debian") || families.contains("ubuntu")) {
      return Mend.command("sudo apt-get update && sudo apt-get full-upgrade && sudo reboot");
    }
    if (families.contains("fedora") || families.contains("rhel")) {
      return Mend.command("sudo dnf upgrade kernel && sudo reboot");
    }
    return null;
  }
}
