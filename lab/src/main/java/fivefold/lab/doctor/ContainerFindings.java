package fivefold.lab.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a container, or the service manager, lets this process have. */
record ContainerFindings(SystemFiles files) {
  static final String TITLE = "container";

  private static final Pattern SERVICE = Pattern.compile("([^/]+\\.(?:service|scope))(?:/|$)");

  private static final long MIB = 1L << 20;

  /** A server was seen to take 70 to 170 MiB. */
  private static final long MEMORY_BYTES = 256 * MIB;

  private static final long LEAST_MEMORY_BYTES = 128 * MIB;
  private static final long TASKS = 1024;

  /** The JVM's own threads are about fifteen. */
  private static final long LEAST_TASKS = 64;

  List<Finding> all() {
    ControlGroup group = new ControlGroup(files);
    List<Finding> findings = new ArrayList<>();
    group.memoryBytes().map(bytes -> memory(bytes, group)).ifPresent(findings::add);
    group.cpuMillis().map(millis -> cpu(millis, group)).ifPresent(findings::add);
    group.tasks().map(tasks -> tasks(tasks, group)).ifPresent(findings::add);
    return findings.isEmpty()
        ? List.of(Finding.ok("control groups", "no limit", "memory, CPU time and threads are free"))
        : findings;
  }

  private static Finding memory(long bytes, ControlGroup group) {
    String value = bytes / MIB + " MiB";
    if (bytes >= MEMORY_BYTES) {
      return Finding.ok("memory.max", value, "memory of this container; a server takes 70 to 170");
    }
    Mend mend = mend(group, "MemoryMax=1G", "--memory 1g --memory-swap 1g");
    String effect = "a server takes 70 to 170 MiB; beyond the limit the kernel kills it";
    return bytes < LEAST_MEMORY_BYTES
        ? Finding.problem("memory.max", value, effect, mend)
        : Finding.note("memory.max", value, effect, mend);
  }

  private static Finding cpu(long millis, ControlGroup group) {
    String value = String.format(Locale.ROOT, "%.2f processors", millis / 1000.0);
    return millis >= 1000
        ? Finding.ok("cpu.max", value, "more busy threads than these are stopped now and then")
        : Finding.note(
            "cpu.max",
            value,
            "a busy loop is stopped for part of each 100 ms, which shows in p99",
            mend(group, "CPUQuota=200%", "--cpus 2"));
  }

  private static Finding tasks(long tasks, ControlGroup group) {
    if (tasks >= TASKS) {
      return Finding.ok("pids.max", Long.toString(tasks), "threads and processes");
    }
    Mend mend = mend(group, "TasksMax=8192", "--pids-limit 8192");
    String effect = "threads and processes; thread needs one for each connection";
    return tasks < LEAST_TASKS
        ? Finding.problem("pids.max", Long.toString(tasks), effect, mend)
        : Finding.note("pids.max", Long.toString(tasks), effect, mend);
  }

  /** The one for who set the limit: systemd names its groups after its units. */
  private static Mend mend(ControlGroup group, String property, String flags) {
    Matcher unit = SERVICE.matcher(group.path());
    return Mend.command(
        unit.find()
            ? "sudo systemctl set-property " + unit.group(1) + " " + property
            : "docker update " + flags + " CONTAINER");
  }
}
