package fivefold.lab.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a process may have, getrlimit(2), as /proc/self/limits tells. */
record LimitFindings(SystemFiles files) {
  static final String TITLE = "limits of a process";

  private static final String FILE = "proc/self/limits";
  private static final long UNLIMITED = Long.MAX_VALUE;

  /** Descriptors besides the connections: jars, the loop's own. */
  private static final long OTHER_DESCRIPTORS = 100;

  private static final long LEAST_DESCRIPTORS = 1024;

  /** What {@code serve} accepts when it is told nothing else. */
  private static final long CONNECTIONS = 100_000;

  private static final long THREADS = 4096;
  private static final long LEAST_THREADS = 256;
  private static final long SIGNALS = 1024;

  /**
   * A loop's ring: 4096 submissions of 64 bytes, 32768 completions of 16, and what goes with it.
   */
  private static final long RING_BYTES = 1L << 20;

  private static final long STACK_BYTES = 1L << 20;

  /** capabilities(7). */
  private static final int CAP_IPC_LOCK = 14;

  private static final int CAP_SYS_RESOURCE = 24;

  private record Limit(long soft, long hard) {}

  List<Finding> all() {
    if (files.text(FILE).isEmpty()) {
      return List.of(Finding.note("/" + FILE, "hidden", "the limits cannot be seen from here"));
    }
    List<Finding> findings = new ArrayList<>();
    limit("Max open files").map(LimitFindings::descriptors).ifPresent(findings::add);
    limit("Max processes").map(this::processes).ifPresent(findings::add);
    limit("Max pending signals").map(LimitFindings::signals).ifPresent(findings::add);
    limit("Max locked memory").map(this::lockedMemory).ifPresent(findings::add);
    limit("Max stack size").map(LimitFindings::stack).ifPresent(findings::add);
    return findings;
  }

  /** {@code serve} and {@code compare} raise the soft limit to the hard one themselves. */
  private static Finding descriptors(Limit limit) {
    String name = "ulimit -n (nofile)";
    String value = text(limit);
    Mend mend = Mend.limit("nofile", Long.toString(CONNECTIONS + OTHER_DESCRIPTORS));
    if (limit.hard() >= CONNECTIONS + OTHER_DESCRIPTORS) {
      return Finding.ok(name, value, "descriptors, one for each connection; serve takes the hard");
    }
    String effect =
        limit.hard() <= OTHER_DESCRIPTORS
            ? "hardly enough for the program's own files, none for connections"
            : "at most %d connections; accepting pauses beyond"
                .formatted(limit.hard() - OTHER_DESCRIPTORS);
    return limit.hard() < LEAST_DESCRIPTORS
        ? Finding.problem(name, value, effect, mend)
        : Finding.note(name, value, effect, mend);
  }

  /** It counts threads, of all processes of the user. */
  private Finding processes(Limit limit) {
    String name = "ulimit -u (nproc)";
    if (limit.soft() >= THREADS || hasCapability(CAP_SYS_RESOURCE)) {
      return Finding.ok(name, text(limit), "threads, of all processes of this user");
    }
    String effect =
        "all processes of this user have at most %d threads, and thread needs one for each"
                .formatted(limit.soft())
            + " connection";
    Mend mend = Mend.limit("nproc", Long.toString(THREADS));
    return limit.soft() < LEAST_THREADS
        ? Finding.problem(name, text(limit), effect, mend)
        : Finding.note(name, text(limit), effect, mend);
  }

  private static Finding signals(Limit limit) {
    String name = "ulimit -i (sigpending)";
    return limit.soft() >= SIGNALS
        ? Finding.ok(name, text(limit), "signals that may be queued, for the model signal")
        : Finding.note(
            name,
            text(limit),
            "the model signal falls back to poll(2) whenever more signals wait",
            Mend.limit("sigpending", "65536"));
  }

  /** Since Linux 6.14 a ring's own memory counts, unless the process may lock as it likes. */
  private Finding lockedMemory(Limit limit) {
    String name = "ulimit -l (memlock)";
    KernelVersion kernel = KernelVersion.of(files.sysctl("kernel.osrelease").orElse(""));
    if (hasCapability(CAP_IPC_LOCK)) {
      return Finding.ok(name, text(limit), "not counted: this process has CAP_IPC_LOCK");
    }
    if (!kernel.isAtLeast(6, 14)) {
      return Finding.ok(name, text(limit), "not counted for rings before Linux 6.14");
    }
    long loops = limit.soft() / RING_BYTES;
    return loops > 0
        ? Finding.ok(name, text(limit), "bytes; a loop on io_uring locks about 1 MiB")
        : Finding.problem(
            name,
            text(limit),
            "a loop on io_uring locks about 1 MiB, and fails to start (ENOMEM)",
            Mend.limit("memlock", Long.toString(8 * RING_BYTES)));
  }

  private static Finding stack(Limit limit) {
    String name = "ulimit -s (stack)";
    return limit.soft() >= STACK_BYTES
        ? Finding.ok(name, text(limit), "bytes; threads of the JVM take what -Xss says instead")
        : Finding.note(
            name,
            text(limit),
            "small for a JVM's first thread; the others take what -Xss says",
            Mend.limit("stack", "8388608"));
  }

  private boolean hasCapability(int number) {
    return files
        .field("proc/self/status", "CapEff")
        .map(mask -> (Long.parseUnsignedLong(mask, 16) >> number & 1) != 0)
        .orElse(false);
  }

  /** {@code Max open files 1024 4096 files}. */
  private Optional<Limit> limit(String name) {
    return files
        .text(FILE)
        .orElse("")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .findFirst()
        .map(line -> line.substring(name.length()).strip().split("\\s+", -1))
        .filter(words -> words.length >= 2)
        .map(words -> new Limit(parse(words[0]), parse(words[1])));
  }

  private static long parse(String word) {
    return SystemFiles.parse(word).orElse(UNLIMITED);
  }

  private static String text(Limit limit) {
    return limit.soft() == limit.hard()
        ? text(limit.soft())
        : text(limit.soft()) + " of " + text(limit.hard());
  }

  private static String text(long value) {
    return value == UNLIMITED ? "unlimited" : Long.toString(value);
  }
}
