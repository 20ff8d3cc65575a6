package fivefold.lab.doctor;

import java.util.List;

/** On which processors this process may run, sched_setaffinity(2). */
record CoreFindings(SystemFiles files) {
  private static final String NAME = "processors";

  List<Finding> all() {
    int allowed = count(files.field("proc/self/status", "Cpus_allowed_list").orElse(""));
    int online = count(files.text("sys/devices/system/cpu/online").orElse(""));
    return List.of(of(allowed, online));
  }

  private static Finding of(int allowed, int online) {
    if (allowed == 0) {
      return Finding.note(NAME, "unknown", "/proc/self/status does not tell of them");
    }
    String value = online == 0 ? Integer.toString(allowed) : allowed + " of " + online;
    if (allowed < online) {
      return Finding.note(
          NAME,
          value,
          "this process is bound to some of them; more --loops than these gain nothing",
          Mend.command("taskset -cp 0-" + (online - 1) + " $$"));
    }
    return allowed > 1
        ? Finding.ok(NAME, value, "--loops up to this many can gain")
        : Finding.note(
            NAME, value, "compare cannot keep server and load apart; --loops gains nothing");
  }

  /** Of a list as the kernel writes it: {@code 0-3,8}. */
  private static int count(String list) {
    int count = 0;
    for (String range : list.split(",", -1)) {
      String[] ends = range.split("-", 2);
      long first = SystemFiles.parse(ends[0]).orElse(-1L);
      long last = SystemFiles.parse(ends[ends.length - 1]).orElse(-2L);
      count += (int) (last - first + 1);
    }
    return count;
  }
}
