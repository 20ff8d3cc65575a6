package fivefold.bench.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long processors have been at work, from /proc/stat: in hundredths of a second. */
record CoreTimes(long serverTicks, long loadTicks, long atNanos) {
  private static final double TICKS_PER_SECOND = 100;

  static CoreTimes read() {
    try {
      String stat = Files.readString(Path.of("/proc/stat"));
      return new CoreTimes(busy(stat, Cores.SERVER), busy(stat, Cores.LOAD), System.nanoTime());
    } catch (IOException e) {
      throw new IllegalStateException("no /proc/stat", e);
    }
  }

  /** {@code cpuN user nice system idle iowait irq softirq ...}, proc_stat(5). */
  private static long busy(String stat, int core) {
    String name = "cpu" + core;
    return stat.lines()
        .map(line -> line.split(" +"))
        .filter(field -> field[0].equals(name))
        .mapToLong(field ->
            Long.parseLong(field[1])
                + Long.parseLong(field[2])
                + Long.parseLong(field[3])
                + Long.parseLong(field[6])
                + Long.parseLong(field[7]))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no processor " + core));
  }

  double serverShareSince(CoreTimes before) {
    return share(serverTicks - before.serverTicks, before);
  }

  double loadShareSince(CoreTimes before) {
    return share(loadTicks - before.loadTicks, before);
  }

  private double share(long ticks, CoreTimes before) {
    return ticks / TICKS_PER_SECOND / ((atNanos - before.atNanos) / 1e9);
  }
}
