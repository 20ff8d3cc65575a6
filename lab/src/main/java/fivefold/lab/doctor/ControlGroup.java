package fivefold.lab.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The control groups this process is in, cgroups(7): the one of version 2, and those of version 1
 * where a system still has them. A limit of a group holds for all groups in it, so the smallest on
 * the way up counts.
 */
record ControlGroup(SystemFiles files) {
  private static final String MEMBERSHIP = "proc/self/cgroup";
  private static final String MOUNT = "sys/fs/cgroup";

  /** Version 1 writes the largest number of pages for no limit. */
  private static final long UNLIMITED_BYTES = 1L << 62;

  /** Bytes of memory. */
  Optional<Long> memoryBytes() {
    return least(
            "memory",
            group -> files.number(group + "/memory.max"),
            group -> files.number(group + "/memory.limit_in_bytes"))
        .filter(bytes -> bytes < UNLIMITED_BYTES);
  }

  /** Processors' worth of time, in thousandths. */
  Optional<Long> cpuMillis() {
    return least(
        "cpu",
        group -> files.text(group + "/cpu.max").flatMap(ControlGroup::quota),
        group ->
            files
                .text(group + "/cpu.cfs_quota_us")
                .flatMap(quota ->
                    files
                        .text(group + "/cpu.cfs_period_us")
                        .flatMap(period -> quota(quota + " " + period))));
  }

  /** Processes and threads. */
  Optional<Long> tasks() {
    Function<String, Optional<Long>> most = group -> files.number(group + "/pids.max");
    return least("pids", most, most);
  }

  /**
   * Where version 2 has this process, or version 1 its memory: tells a service from a container.
   */
  String path() {
    String unified = membership("").orElse("/");
    return unified.equals("/") ? membership("memory").orElse("/") : unified;
  }

  /** {@code max 100000}, {@code 150000 100000}, and {@code -1 100000} of version 1. */
  private static Optional<Long> quota(String quotaAndPeriod) {
    String[] words = quotaAndPeriod.split(" ", -1);
    Optional<Long> quota = SystemFiles.parse(words[0]).filter(value -> value > 0);
    Optional<Long> period = SystemFiles.parse(words[words.length - 1]).filter(value -> value > 0);
    return quota.flatMap(value -> period.map(each -> value * 1000 / each));
  }

  private Optional<Long> least(
      String controller,
      Function<String, Optional<Long>> version2,
      Function<String, Optional<Long>> version1) {
    List<Long> found = new ArrayList<>();
    membership("").ifPresent(path -> addAll(MOUNT, path, version2, found));
    membership(controller)
        .ifPresent(path -> addAll(MOUNT + "/" + controller, path, version1, found));
    return found.stream().min(Long::compare);
  }

  /** From the group up to the root; a container may see its own group as the root. */
  private static void addAll(
      String mount, String path, Function<String, Optional<Long>> read, List<Long> found) {
    String at = path;
    while (at.length() > 1) {
      read.apply(mount + at).ifPresent(found::add);
      at = at.substring(0, Math.max(at.lastIndexOf('/'), 0));
    }
    read.apply(mount).ifPresent(found::add);
  }

  /** {@code 0::/path} of version 2, {@code 5:cpu,cpuacct:/path} of version 1. */
  private Optional<String> membership(String controller) {
    return files
        .text(MEMBERSHIP)
        .orElse("")
        .lines()
        .map(line -> line.split(":", 3))
        .filter(words -> words.length == 3)
        .filter(words -> List.of(words[1].split(",", -1)).contains(controller))
        .findFirst()
        .map(words -> words[2]);
  }
}
