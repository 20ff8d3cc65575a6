package fivefold.lab.compare;

import fivefold.lab.compare.LinuxProcess.Size;
import fivefold.lab.compare.LinuxProcess.Ticks;
import fivefold.sys.Processes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server and the processes it has started, as Linux sees them: what they use together. Who
 * belongs to it is asked once; what a process used that has ended since then is not seen.
 */
final class ProcessFamily {
  private final int pid;
  private List<Integer> members;

  ProcessFamily(int pid) {
    this.pid = pid;
    this.members = List.of(pid);
  }

  /** Asks who belongs to it; looks at every process of the machine. */
  void ask() {
    List<Integer> all = new ArrayList<>();
    all.add(pid);
    ProcessHandle.of(pid)
        .ifPresent(server -> server.descendants().forEach(each -> all.add((int) each.pid())));
    members = all;
  }

  /** As asked last. */
  List<Integer> members() {
    return members;
  }

  /** Collections of those that are JVMs which say so; null when none is. */
  @Nullable JvmCounters jvmCounters() {
    JvmCounters sum = null;
    for (int member : members) {
      JvmCounters one = JvmCounters.read(member);
      if (one != null) {
        sum =
            sum == null
                ? one
                : new JvmCounters(
                    sum.collections() + one.collections(), sum.seconds() + one.seconds());
      }
    }
    return sum;
  }

  /** Negative when the server has ended. */
  long cpuNanos() {
    long sum = 0;
    for (int member : members) {
      long nanos = Processes.cpuNanos(member);
      if (nanos < 0 && member == pid) {
        return nanos;
      }
      sum += Math.max(0, nanos);
    }
    return sum;
  }

  @Nullable Ticks ticks() {
    Ticks sum = null;
    for (int member : members) {
      Ticks ticks = new LinuxProcess(member).ticks();
      if (ticks != null) {
        sum = sum == null ? ticks : sum.plus(ticks);
      }
    }
    return sum;
  }

  /** Pages that several processes share, as those of the JDK, count once for each. */
  @Nullable Size size() {
    Size sum = null;
    for (int member : members) {
      Size size = new LinuxProcess(member).size();
      if (size != null) {
        sum = sum == null ? size : sum.plus(size);
      }
    }
    return sum;
  }

  /** By thread; the ids of threads are unique on the machine. */
  Map<String, Long> contextSwitches() {
    Map<String, Long> all = new HashMap<>();
    for (int member : members) {
      all.putAll(new LinuxProcess(member).contextSwitches());
    }
    return all;
  }
}
