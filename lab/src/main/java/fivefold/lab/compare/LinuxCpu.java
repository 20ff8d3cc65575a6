package fivefold.lab.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What all processors have done since the machine began, from the first line of /proc/stat.
 *
 * @param busyTicks at work, in hundredths of a second
 * @param stolenTicks ready to work, while the hypervisor let others run
 */
record LinuxCpu(long busyTicks, long stolenTicks) {
  private static final double TICKS_PER_SECOND = 100;

  static @Nullable LinuxCpu read() {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      return parse(lines.findFirst().orElse(""));
    } catch (IOException notLinux) {
      return null;
    }
  }

  /** {@code cpu user nice system idle iowait irq softirq steal ...}, proc_stat(5). */
  static @Nullable LinuxCpu parse(String line) {
    String[] field = line.split(" +", -1);
    if (!field[0].equals("cpu") || field.length < 9) {
      return null;
    }
    long busy = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) {
      busy += Long.parseLong(field[i]);
    }
    return new LinuxCpu(busy, Long.parseLong(field[8]));
  }

  double busySecondsSince(LinuxCpu earlier) {
    return (busyTicks - earlier.busyTicks) / TICKS_PER_SECOND;
  }

  double stolenSecondsSince(LinuxCpu earlier) {
    return (stolenTicks - earlier.stolenTicks) / TICKS_PER_SECOND;
  }
}
