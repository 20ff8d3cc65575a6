package fivefold.lab.compare;

import fivefold.lab.record.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Describes the machine this runs on, as far as it tells. */
public final class ThisMachine {
  private ThisMachine() {}

  /** As far as it tells; null where it does not. */
  public static Machine describe() {
    String cpuInfo = read("/proc/cpuinfo");
    String memory = read("/proc/meminfo");
    return new Machine(
        cpu(cpuInfo),
        Runtime.getRuntime().availableProcessors(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        property("java.vendor") + " " + property("java.vm.version"),
        governor(),
        cpuInfo == null ? null : isVirtual(cpuInfo),
        memory == null ? null : LinuxProcess.field(memory, "MemTotal:") * 1024,
        OffsetDateTime.now(ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.SECONDS)
            .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
  }

  private static String cpu(@Nullable String cpuInfo) {
    if (cpuInfo != null) {
      for (String line : cpuInfo.lines().limit(40).toList()) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return property("os.arch"); // arm64's cpuinfo has numbers only
  }

  /** The bit a hypervisor sets for its guests; x86 only, elsewhere it is not known. */
  private static @Nullable Boolean isVirtual(String cpuInfo) {
    return cpuInfo.contains("\nflags") ? (Boolean) cpuInfo.contains(" hypervisor") : null;
  }

  private static @Nullable String governor() {
    String name = read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    return name == null ? null : name.strip();
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static @Nullable String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException absent) {
      return null;
    }
  }
}
