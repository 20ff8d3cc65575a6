package fivefold.lab.doctor;

import fivefold.lab.crowd.CrowdPlan;
import fivefold.lab.crowd.CrowdRoom;
import fivefold.sys.UringOperation;
import fivefold.sys.UringProbe;
import java.util.List;
import java.util.Optional;

/** How many connections this machine could hold, both ends of them, and what sets the limit. */
record CrowdFindings(SystemFiles files, UringProbe probe) {
  static final String TITLE = "a crowd";

  private static final long KIB = 1024;

  /** What the tutorials call many. */
  private static final long MANY = 10_000;

  List<Finding> all() {
    return List.of(directDescriptors(), callbacks());
  }

  private Finding directDescriptors() {
    String name = "direct descriptors";
    boolean isThere =
        probe.unavailable().isEmpty()
            && probe.hasOperation(UringOperation.IORING_OP_FIXED_FD_INSTALL);
    return isThere
        ? Finding.ok(name, "there", "io_uring holds more connections than ulimit -n allows")
        : Finding.note(name, "missing", "ulimit -n limits the connections of every model (6.8)");
  }

  private Finding callbacks() {
    String name = "crowd";
    CrowdPlan plan = new CrowdPlan(0, CrowdPlan.ECHO, CrowdPlan.CALLBACK);
    Optional<CrowdRoom> known = room();
    if (known.isEmpty()) {
      return Finding.note(name, "unknown", "/proc does not tell of memory and files here");
    }
    CrowdRoom room = known.get();
    if (room.unavailable().isPresent()) {
      return Finding.note(name, "none", "needs io_uring: " + room.unavailable().get());
    }
    String value = "%,d".formatted(room.most(plan));
    String effect = "connections, both ends here; the limit is " + room.limit(plan);
    return room.most(plan) < MANY
        ? Finding.note(name, value, effect)
        : Finding.ok(name, value, effect);
  }

  private Optional<CrowdRoom> room() {
    Optional<Long> available =
        files
            .field("proc/meminfo", "MemAvailable")
            .flatMap(text -> SystemFiles.parse(text.split(" ", 2)[0]));
    Optional<Long> most = files.number("proc/sys/fs/file-max");
    Optional<Long> open =
        files
            .text("proc/sys/fs/file-nr")
            .flatMap(text -> SystemFiles.parse(text.split("\\s+", 2)[0]));
    Optional<Long> descriptors =
        files
            .text("proc/self/limits")
            .flatMap(
                text -> text.lines().filter(line -> line.startsWith("Max open files")).findFirst())
            .flatMap(line ->
                SystemFiles.parse(
                    line.substring("Max open files".length()).strip().split("\\s+", -1)[1]));
    if (available.isEmpty() || most.isEmpty() || open.isEmpty() || descriptors.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new CrowdRoom(
            available.get() * KIB, most.get(), open.get(), descriptors.get(), probe.unavailable()));
  }
}
