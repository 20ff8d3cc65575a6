package fivefold.lab.crowd;

import fivefold.sys.Limits;
import fivefold.sys.Platform;
import fivefold.sys.UringOperation;
import fivefold.sys.UringProbe;
import java.util.Optional;

/**
 * How far this machine can go with both ends of each connection, and why no farther.
 *
 * @param availableBytes of memory
 * @param filesMost that the system may have open (fs.file-max), direct descriptors among them
 * @param filesOpen that it has open
 * @param descriptors that a process may have open (RLIMIT_NOFILE), and a ring in its table
 * @param unavailable why there can be no crowd at all; empty when there can
 */
public record CrowdRoom(
    long availableBytes,
    long filesMost,
    long filesOpen,
    long descriptors,
    Optional<String> unavailable) {

  /** Measured: a loopback connection, both ends, with a receive armed at each. */
  private static final int KERNEL_BYTES = 8_900;

  /** Measured, with room to spare: what a connection takes in the server's JVM. */
  private static final int CALLBACK_BYTES = 300;

  private static final int STRAIGHT_LINE_BYTES = 1_500;
  private static final int CHAT_BYTES = 1_600;

  /** A broadcast waits in every socket until the client comes to it. */
  private static final int WAITING_MESSAGE_BYTES = 1_300;

  /** Two JVMs, their rings, and what the rest of the machine may need meanwhile. */
  private static final long BASE_BYTES = 512L << 20;

  private static final long RESERVE_BYTES = 1L << 30;
  private static final int OTHER_FILES = 2_000;
  private static final int OTHER_DESCRIPTORS = 500;

  /** Of this machine, at this moment. */
  public static CrowdRoom ofThisMachine() {
    Optional<String> why = Platform.unavailable();
    if (why.isPresent()) {
      return new CrowdRoom(0, 0, 0, 0, why);
    }
    UringProbe probe = UringProbe.ofThisSystem();
    why = probe.unavailable();
    if (why.isEmpty() && !probe.hasOperation(UringOperation.IORING_OP_BIND)) {
      why = Optional.of("a crowd needs Linux 6.11, this is " + probe.kernel());
    }
    return new CrowdRoom(
        MachineMemory.availableBytes(),
        MachineMemory.mostFiles(),
        MachineMemory.openFiles(),
        Limits.hard(Limits.RLIMIT_NOFILE),
        why);
  }

  /** What a connection takes in the kernel, both ends. */
  public static int kernelBytesPerConnection() {
    return KERNEL_BYTES;
  }

  /** What a crowd takes, all told. */
  public static long neededBytes(CrowdPlan plan) {
    return BASE_BYTES + plan.connections() * (long) (KERNEL_BYTES + jvmBytes(plan));
  }

  /** Of it, what a connection takes in the server's JVM. */
  public static int jvmBytes(CrowdPlan plan) {
    if (plan.isChat()) {
      return CHAT_BYTES + WAITING_MESSAGE_BYTES;
    }
    return plan.style().equals(CrowdPlan.STRAIGHT_LINE) ? STRAIGHT_LINE_BYTES : CALLBACK_BYTES;
  }

  /** How many connections there is memory for. */
  public long mostByMemory(CrowdPlan plan) {
    long bytes = availableBytes - RESERVE_BYTES - BASE_BYTES;
    return Math.max(0, bytes / (KERNEL_BYTES + jvmBytes(plan)));
  }

  /** How many the system's table of open files has room for. */
  public long mostByFiles() {
    return Math.max(0, (filesMost - filesOpen - OTHER_FILES) / 2);
  }

  /** How many the process has rings for: a ring and its eventfd are ordinary descriptors. */
  public long mostByDescriptors() {
    return Math.max(0, (descriptors - OTHER_DESCRIPTORS) / 2 * descriptors);
  }

  /** How many there can be. */
  public long most(CrowdPlan plan) {
    return unavailable.isPresent()
        ? 0
        : Math.min(Math.min(mostByMemory(plan), mostByFiles()), mostByDescriptors());
  }

  /** Why so many and no more, and what to do. */
  public String limit(CrowdPlan plan) {
    long most = most(plan);
    if (most == mostByMemory(plan)) {
      return "memory: %,d MB are available, %,d MB stay free, and a connection takes %.1f KB, both ends"
          .formatted(
              availableBytes >> 20, RESERVE_BYTES >> 20, (KERNEL_BYTES + jvmBytes(plan)) / 1000.0);
    }
    return most == mostByFiles()
        ? "fs.file-max: %,d files may yet be opened, and a connection takes 2; sudo sysctl -w fs.file-max=%d"
            .formatted(filesMost - filesOpen, filesOpen + OTHER_FILES + 2 * mostByMemory(plan))
        : "ulimit -n: %,d descriptors are too few for more rings; raise the hard limit"
            .formatted(descriptors);
  }

  /** Whether so little is left that the crowd must not grow. */
  static boolean isShort() {
    return MachineMemory.availableBytes() < RESERVE_BYTES * 3 / 4;
  }
}
