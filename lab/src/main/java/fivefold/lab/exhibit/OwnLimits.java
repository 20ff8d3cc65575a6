package fivefold.lab.exhibit;

import fivefold.lab.crowd.CrowdPlan;
import fivefold.lab.crowd.CrowdRoom;
import fivefold.lab.doctor.SystemFiles;
import fivefold.sys.Limits;
import java.util.ArrayList;
import java.util.List;

/** The limits that this machine has by itself, as far as they end a crowd; proc(5). */
final class OwnLimits {
  private static final CrowdPlan PLAN = new CrowdPlan(0, CrowdPlan.ECHO, CrowdPlan.CALLBACK);

  private final CrowdRoom room = CrowdRoom.ofThisMachine();

  /** Direct descriptors, and both ends of each connection here; 0 when there can be none. */
  int directMost() {
    return (int) Math.min(Integer.MAX_VALUE, room.most(PLAN));
  }

  /** How many of them there is memory for, whatever else may end them before. */
  long memoryMost() {
    return room.mostByMemory(PLAN);
  }

  /** How many of them the system's table of open files has room for. */
  long filesMost() {
    return room.mostByFiles();
  }

  /** Why there can be none. */
  String whyNoneDirect() {
    return room.unavailable().orElse("");
  }

  Figure table() {
    List<List<Words>> rows = new ArrayList<>();
    rows.add(row("ulimit -n", Limits.soft(Limits.RLIMIT_NOFILE), "ends.descriptors"));
    rows.add(row("ulimit -u", Limits.soft(Limits.RLIMIT_NPROC), "ends.threads"));
    for (String name : new String[] {"kernel.threads-max", "kernel.pid_max"}) {
      rows.add(row(name, sysctl(name), "ends.threads"));
    }
    rows.add(row("vm.max_map_count", sysctl("vm.max_map_count"), "ends.maps"));
    rows.add(row("fs.file-max", sysctl("fs.file-max"), "ends.files"));
    if (directMost() > 0) {
      rows.add(row("computed", memoryMost(), "ends.memory"));
    }
    return new Figure.Table(
        Words.of("figure.own"),
        List.of(Words.of("limit"), Words.of("value"), Words.of("ends")),
        rows);
  }

  private static List<Words> row(String name, long value, String ends) {
    Words amount =
        value == Limits.UNLIMITED || value < 0
            ? Words.of("unlimited")
            : Words.of(Amounts.count(value));
    return List.of(Words.of(name), amount, Words.of(ends));
  }

  private static long sysctl(String name) {
    return SystemFiles.ofThisMachine().sysctl(name).flatMap(SystemFiles::parse).orElse(-1L);
  }
}
