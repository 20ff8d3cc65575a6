package fivefold.lab.doctor;

import java.util.ArrayList;
import java.util.List;

/** Settings of the kernel that a server with many connections meets, sysctl(8). */
record SysctlFindings(SystemFiles files) {
  static final String TITLE = "kernel settings";

  /** The backlog that a server asks for when it is told nothing else. */
  private static final long BACKLOG = 4096;

  /** What a kernel has when nobody has set it. */
  private static final long DEFAULT_SOCKET_BUFFER_BYTES = 212_992;

  private static final long DEFAULT_MAPPINGS = 65_530;

  private static final long FILES_FREE = 10_000;
  private static final long PORTS = 28_000;
  private static final String UNSEEN = "not there";
  private static final String PORT_RANGE = "net.ipv4.ip_local_port_range";

  /**
   * A number that should not be too small.
   *
   * @param good what it does
   * @param low what it does when it is too small; {@code %d} is the number
   */
  private record Rule(String name, long least, String good, String low) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "net.core.somaxconn",
              BACKLOG,
              "connections that may wait to be accepted",
              "of a burst of connections %d wait to be accepted; the others try again after a"
                  + " second"),
          new Rule(
              "net.ipv4.tcp_max_syn_backlog",
              1024,
              "connections that may be half open",
              "beyond %d half-open connections, new ones are dropped or answered by SYN cookies"),
          new Rule(
              "net.core.rmem_max",
              DEFAULT_SOCKET_BUFFER_BYTES,
              "bytes of datagrams that may wait in a socket",
              "bursts of datagrams beyond %d bytes are dropped"),
          new Rule(
              "net.core.wmem_max",
              DEFAULT_SOCKET_BUFFER_BYTES,
              "bytes of datagrams that may wait to be sent",
              "sending pauses when %d bytes of datagrams wait"),
          new Rule(
              "fs.epoll.max_user_watches",
              100_000,
              "descriptors that one user's epolls may watch",
              "all epolls of a user watch %d descriptors together, and then refuse (ENOSPC)"),
          new Rule(
              "fs.nr_open",
              1_048_576,
              "how far a process's limit of descriptors can be raised",
              "no process can have more than %d descriptors, whatever its ulimit"),
          new Rule(
              "vm.max_map_count",
              DEFAULT_MAPPINGS,
              "mappings of a process: a thread takes two",
              "a thread takes two mappings, so thread for each connection ends below %d / 2"));

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    RULES.forEach(rule -> findings.add(of(rule)));
    findings.add(openFiles());
    findings.add(ports());
    return findings.stream().allMatch(SysctlFindings::isUnseen) ? hidden() : findings;
  }

  private Finding of(Rule rule) {
    return files
        .sysctl(rule.name())
        .flatMap(SystemFiles::parse)
        .map(value -> of(rule, value))
        .orElseGet(() -> unseen(rule.name()));
  }

  private static Finding of(Rule rule, long value) {
    return value >= rule.least()
        ? Finding.ok(rule.name(), Long.toString(value), rule.good())
        : Finding.note(
            rule.name(),
            Long.toString(value),
            rule.low().replace("%d", Long.toString(value)),
            Mend.sysctl(rule.name(), Long.toString(rule.least())));
  }

  /** What counts is what is left of it; file-nr(5) tells how many are open. */
  private Finding openFiles() {
    String name = "fs.file-max";
    long most = files.sysctl(name).flatMap(SystemFiles::parse).orElse(-1L);
    long open =
        files
            .sysctl("fs.file-nr")
            .map(text -> text.split("\\s+", -1)[0])
            .flatMap(SystemFiles::parse)
            .orElse(0L);
    if (most < 0) {
      return unseen(name);
    }
    String value = Long.toString(most);
    return most - open >= FILES_FREE
        ? Finding.ok(name, value, "files the whole system may have open; " + open + " are")
        : Finding.problem(
            name,
            value,
            "the whole system may open "
                + Math.max(0, most - open)
                + " files more, then accepting fails (ENFILE)",
            Mend.sysctl(name, "1048576"));
  }

  private Finding ports() {
    String value = files.sysctl(PORT_RANGE).orElse("").replaceAll("\\s+", " ");
    String[] ends = value.split(" ", -1);
    long first = SystemFiles.parse(ends[0]).orElse(-1L);
    long last = SystemFiles.parse(ends[ends.length - 1]).orElse(-1L);
    if (first < 0 || last < first) {
      return unseen(PORT_RANGE);
    }
    long ports = last - first + 1;
    return ports >= PORTS
        ? Finding.ok(PORT_RANGE, value, ports + " connections from here to one server and port")
        : Finding.note(
            PORT_RANGE,
            value,
            "only " + ports + " connections can be made from here to one server and port",
            Mend.sysctl(PORT_RANGE, "32768 60999"));
  }

  private static Finding unseen(String name) {
    return Finding.note(name, UNSEEN, "cannot be seen from here, so it cannot be judged");
  }

  private static boolean isUnseen(Finding finding) {
    return finding.value().equals(UNSEEN);
  }

  private static List<Finding> hidden() {
    return List.of(
        Finding.note("/proc/sys", "hidden", "the kernel's settings cannot be seen from here"));
  }
}
