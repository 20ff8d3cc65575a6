package fivefold.lab.compare;

import fivefold.sys.Descriptors;
import fivefold.sys.PerfEvents;
import fivefold.sys.Platform;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Counts the system calls of processes by the kernel's tracepoint {@code raw_syscalls:sys_enter},
 * where this user may. While it counts, each system call of the machine costs more: it is no time
 * to measure anything else.
 */
final class SystemCallCounter implements AutoCloseable {
  private static final String TRACEPOINT = "events/raw_syscalls/sys_enter/id";
  private static final List<Path> TRACING =
      List.of(Path.of("/sys/kernel/tracing"), Path.of("/sys/kernel/debug/tracing"));

  /** Each thread takes a descriptor, of which the load has need, too. */
  private static final int THREADS_LIMIT = 2_000;

  private final List<Integer> descriptors = new ArrayList<>();
  private boolean whole = true;

  /** Begins to count all threads of some processes. */
  SystemCallCounter(List<Integer> pids) {
    OptionalLong id = tracepoint();
    if (id.isEmpty() || Platform.unavailable().isPresent()) {
      whole = false;
      return;
    }
    for (int pid : pids) {
      open(pid, id.getAsLong());
    }
  }

  private static OptionalLong tracepoint() {
    for (Path folder : TRACING) {
      try {
        return OptionalLong.of(
            Long.parseLong(Files.readString(folder.resolve(TRACEPOINT)).strip()));
      } catch (IOException | NumberFormatException notHere) {
        // or not for this user
      }
    }
    return OptionalLong.empty();
  }

  private void open(int pid, long id) {
    String[] threads = new File("/proc/" + pid + "/task").list();
    if (threads == null || descriptors.size() + threads.length > THREADS_LIMIT) {
      whole = false;
      return;
    }
    for (String thread : threads) {
      int descriptor = PerfEvents.openTracepoint(id, Integer.parseInt(thread));
      if (descriptor >= 0) {
        descriptors.add(descriptor);
      } else if (new File("/proc/" + pid + "/task/" + thread).exists()) {
        whole = false; // not allowed; what has ended makes no more calls
      }
    }
  }

  /** How many since the beginning; -1 when not all could be counted. */
  long count() {
    if (!whole || descriptors.isEmpty()) {
      return -1;
    }
    long sum = 0;
    for (int descriptor : descriptors) {
      sum += Math.max(0, PerfEvents.count(descriptor));
    }
    return sum;
  }

  @Override
  public void close() {
    descriptors.forEach(Descriptors::close);
    descriptors.clear();
  }
}
