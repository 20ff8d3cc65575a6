package fivefold.lab.compare;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Linux tells of a process in /proc, proc(5). */
public final class LinuxProcess {
  private final Path folder;

  public LinuxProcess(int pid) {
    folder = Path.of("/proc", Integer.toString(pid));
  }

  /**
   * CPU time in clock ticks, of which Linux shows 100 a second (USER_HZ) on every architecture we
   * know: too coarse to count with, good enough to divide a total by.
   */
  public record Ticks(long user, long system) {
    Ticks plus(Ticks other) {
      return new Ticks(user + other.user, system + other.system);
    }

    Ticks minus(Ticks other) {
      return new Ticks(user - other.user, system - other.system);
    }
  }

  /** The ticks of all threads, those that have ended among them. */
  public @Nullable Ticks ticks() {
    String stat = read(folder.resolve("stat"));
    return stat == null ? null : parseTicks(stat);
  }

  static Ticks parseTicks(String stat) {
    // The second field, the command in parentheses, may itself hold spaces and parentheses.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new Ticks(Long.parseLong(fields[11]), Long.parseLong(fields[12]));
  }

  /** Threads and resident memory at this moment. */
  public record Size(double threads, double rssBytes) {
    Size plus(Size other) {
      return new Size(threads + other.threads, rssBytes + other.rssBytes);
    }
  }

  public @Nullable Size size() {
    String status = read(folder.resolve("status"));
    return status == null
        ? null
        : new Size(field(status, "Threads:"), field(status, "VmRSS:") * 1024.0);
  }

  /** How many descriptors are open; 0 when that cannot be seen. */
  public int openDescriptors() {
    String @Nullable [] open = folder.resolve("fd").toFile().list();
    return open == null ? 0 : open.length;
  }

  /** Context switches of each thread since it began; one file a thread, so this takes long. */
  Map<String, Long> contextSwitches() {
    Map<String, Long> switches = new HashMap<>();
    String @Nullable [] threads = new File(folder.toFile(), "task").list();
    if (threads != null) {
      for (String thread : threads) {
        String status = read(folder.resolve("task").resolve(thread).resolve("status"));
        if (status != null) {
          switches.put(thread, switches(status));
        }
      }
    }
    return switches;
  }

  static long switches(String status) {
    return field(status, "voluntary_ctxt_switches:") + field(status, "nonvoluntary_ctxt_switches:");
  }

  /**
   * Switches between two readings: a thread that began in between counts from nothing, what one did
   * that ended in between is lost with it.
   */
  static long switchesBetween(Map<String, Long> before, Map<String, Long> after) {
    return after.entrySet().stream()
        .mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
        .sum();
  }

  /** The number behind a name at the beginning of a line; 0 when there is none. */
  static long field(String status, String name) {
    int at = status.startsWith(name) ? 0 : status.indexOf("\n" + name) + 1;
    if (at == 0 && !status.startsWith(name)) {
      return 0;
    }
    int end = status.indexOf('\n', at);
    String value = status.substring(at + name.length(), end < 0 ? status.length() : end).strip();
    return Long.parseLong(value.split(" ", 2)[0]);
  }

  /** Null when the process or thread has ended. */
  private static @Nullable String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException ended) {
      return null;
    }
  }
}
