package fivefold.lab.doctor;

import fivefold.sys.UringOperation;
import fivefold.sys.UringProbe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether io_uring may be used, and which of its parts that Fivefold uses are there. */
record UringFindings(SystemFiles files, UringProbe probe) {
  static final String TITLE = "io_uring";

  private static final String DISABLED = "kernel.io_uring_disabled";
  private static final String GROUP = "kernel.io_uring_group";

  private static final Map<String, Integer> OPERATIONS = operations();

  private static Map<String, Integer> operations() {
    Map<String, Integer> used = new LinkedHashMap<>();
    used.put("ACCEPT", UringOperation.IORING_OP_ACCEPT);
    used.put("RECV", UringOperation.IORING_OP_RECV);
    used.put("SEND", UringOperation.IORING_OP_SEND);
    used.put("RECVMSG", UringOperation.IORING_OP_RECVMSG);
    used.put("POLL_ADD", UringOperation.IORING_OP_POLL_ADD);
    used.put("ASYNC_CANCEL", UringOperation.IORING_OP_ASYNC_CANCEL);
    used.put("CLOSE", UringOperation.IORING_OP_CLOSE);
    return used;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    String disabled = files.sysctl(DISABLED).orElse("");
    findings.add(disabled(disabled));
    files.sysctl(GROUP).ifPresent(group -> findings.add(group(group, disabled)));
    findings.add(setup(disabled));
    if (probe.unavailable().isEmpty()) {
      findings.add(operationsFound());
      findings.addAll(features());
    }
    return findings;
  }

  private Finding disabled(String value) {
    return switch (value) {
      case "" ->
          Finding.ok(DISABLED, "not there", "no switch that this process can see (since 6.6)");
      case "0" -> Finding.ok(DISABLED, value, "every process may use io_uring");
      case "1" ->
          probe.unavailable().isEmpty()
              ? Finding.ok(DISABLED, value, "io_uring is for root and one group; this process may")
              : Finding.problem(
                  DISABLED,
                  value,
                  "io_uring is for CAP_SYS_ADMIN and the group of kernel.io_uring_group alone",
                  Mend.sysctl(DISABLED, "0"));
      default ->
          Finding.problem(
              DISABLED, value, "io_uring is switched off for all", Mend.sysctl(DISABLED, "0"));
    };
  }

  private Finding group(String value, String disabled) {
    if (disabled.equals("1") && probe.unavailable().isPresent()) {
      return Finding.note(
          GROUP,
          value,
          "the group that may use io_uring, and this process is not in it",
          Mend.sysctl(GROUP, "GID"));
    }
    return Finding.ok(GROUP, value, "matters only where io_uring_disabled is 1");
  }

  private Finding setup(String disabled) {
    Optional<String> reason = probe.unavailable();
    return reason.isEmpty()
        ? Finding.ok(
            "io_uring_setup", "works", "SINGLE_ISSUER, DEFER_TASKRUN, SUBMIT_ALL, a buffer ring")
        : Finding.problem("io_uring_setup", "refused", reason.get(), mend(disabled));
  }

  private @Nullable Mend mend(String disabled) {
    if (disabled.equals("1") || disabled.equals("2")) {
      return Mend.sysctl(DISABLED, "0");
    }
    return files.field("proc/self/status", "Seccomp").orElse("").equals("2")
        ? Mend.command("docker run --security-opt seccomp=unconfined IMAGE")
        : null;
  }

  private Finding operationsFound() {
    List<String> missing =
        OPERATIONS.entrySet().stream()
            .filter(operation -> !probe.hasOperation(operation.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    return missing.isEmpty()
        ? Finding.ok("operations", "all there", String.join(", ", OPERATIONS.keySet()))
        : Finding.problem(
            "operations",
            "missing",
            String.join(", ", missing) + ": a server on io_uring will fail; take another model",
            null);
  }

  private List<Finding> features() {
    return List.of(
        feature(
            "incremental buffers",
            probe.incrementalBuffers(),
            "receives share a buffer",
            "each receive takes a whole buffer, which costs memory (6.12)"),
        feature(
            "registered ring",
            probe.registeredDescriptor(),
            "each call is spared a look-up of the ring",
            "each call looks the ring up (5.18)"),
        feature(
            "no index array",
            probe.noSqArray(),
            "submissions need no index",
            "each submission goes by an index (6.6)"));
  }

  private static Finding feature(String name, boolean isThere, String with, String without) {
    return isThere ? Finding.ok(name, "there", with) : Finding.note(name, "missing", without);
  }
}
