package fivefold.lab.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;

/**
 * How many connections a server can have that gives a thread to each, as Linux is set: proc(5) on
 * threads-max and pid_max, which count the threads of all processes, and max_map_count, of which a
 * Java thread's stack takes two, for itself and its guard pages.
 */
final class ThreadLimit {
  private static final int MAPS_OF_THREAD = 2;

  /** What is left to the other threads of the JVM and the machine. */
  private static final double SHARE = 0.75;

  private ThreadLimit() {}

  /** 0 when it is not known. */
  static int ofThisMachine() {
    long least =
        Math.min(
            Math.min(read("/proc/sys/kernel/threads-max"), read("/proc/sys/kernel/pid_max")),
            read("/proc/sys/vm/max_map_count") / MAPS_OF_THREAD);
    return least == Long.MAX_VALUE / MAPS_OF_THREAD
        ? 0
        : (int) Math.min(Integer.MAX_VALUE, (long) (SHARE * least));
  }

  private static long read(String file) {
    try {
      // Not readString: its first read is of one byte, and a file of /proc/sys has no second one.
      return Long.parseLong(Files.readAllLines(Path.of(file)).getFirst().strip());
    } catch (IOException | NumberFormatException | NoSuchElementException unknown) {
      return Long.MAX_VALUE;
    }
  }
}
