package fivefold.lab.report;

import fivefold.lab.crowd.CrowdPlan;
import fivefold.lab.crowd.CrowdReport;
import fivefold.lab.crowd.CrowdRoom;

/** A crowd in words: what it will take, and what became of it. */
public final class CrowdText {
  private static final double SECOND_NANOS = 1e9;

  /** The kernel counts CPU time in ticks of 10 ms: from here on one is 5 % at most. */
  private static final long LEAST_CPU_NANOS = 200_000_000;

  private CrowdText() {}

  /** Before it begins. */
  public static String before(CrowdPlan plan, CrowdRoom room) {
    return """
    crowd: %,d connections, %s%s, one loop on io_uring, both ends on this machine
    takes about %,d MB of memory: %,d MB of the kernel's, %,d MB of the server's; %,d MB are available
    this machine could hold %,d; the limit is %s
    """
        .formatted(
            plan.connections(),
            plan.service(),
            plan.isChat() ? "" : ", " + plan.style(),
            CrowdRoom.neededBytes(plan) >> 20,
            kernelBytes(plan) >> 20,
            (CrowdRoom.neededBytes(plan) - kernelBytes(plan)) >> 20,
            room.availableBytes() >> 20,
            room.most(plan),
            room.limit(plan));
  }

  private static long kernelBytes(CrowdPlan plan) {
    return plan.connections() * (long) CrowdRoom.kernelBytesPerConnection();
  }

  /** When it is over. */
  public static String after(CrowdReport report) {
    StringBuilder text = new StringBuilder();
    int count = Math.max(1, report.connected());
    if (report.rehearsed() > 0) {
      text.append(
          "warmed up by %,d messages on connections that came and went%n"
              .formatted(report.rehearsed()));
    }
    double connectSeconds = report.connectNanos() / SECOND_NANOS;
    text.append(
        "connected %,d of %,d in %.1f s: %,d a second, %,d a second at the end; %d descriptors in use%n"
            .formatted(
                report.connected(),
                report.plan().connections(),
                connectSeconds,
                (long) (report.connected() / connectSeconds),
                report.lastPerSecond(),
                report.serverDescriptors()));
    if (report.cut() != null) {
      text.append("stopped early: ").append(report.cut()).append('\n');
    }
    if (report.asked() > 0) {
      text.append(
          "asked %,d, one message of 64 bytes on each: %,d right byte for byte, %,d wrong or lost; %.1f s, %s%n"
              .formatted(
                  report.asked(),
                  report.right(),
                  report.asked() - report.right(),
                  report.askNanos() / SECOND_NANOS,
                  cpuEach(report.askServerNanos(), report.asked())));
    }
    if (report.told() > 0) {
      text.append(
          "told %,d by one broadcast: %,d heard it byte for byte, %,d did not; %.1f s to the last, %s%n"
              .formatted(
                  report.told(),
                  report.heard(),
                  report.told() - report.heard(),
                  report.hearNanos() / SECOND_NANOS,
                  cpuEach(report.hearServerNanos(), report.told())));
    }
    text.append("closed all in %.1f s%n".formatted(report.closeNanos() / SECOND_NANOS));
    if (report.failure() != null) {
      text.append("first failure: ").append(report.failure()).append('\n');
    }
    text.append(
        "%-16s %10s %10s %10s %16s%n"
            .formatted("memory, MB", "before", "held", "after", "B a connection"));
    text.append(
        line(
            "server (RSS)",
            count,
            report.before().serverBytes(),
            report.held().serverBytes(),
            report.after().serverBytes()));
    text.append(
        line(
            "kernel",
            count,
            report.before().kernelBytes(),
            report.held().kernelBytes(),
            report.after().kernelBytes()));
    return text.toString();
  }

  private static String cpuEach(long nanos, int count) {
    return nanos < LEAST_CPU_NANOS
        ? "too little of the server's CPU to tell"
        : "%.2f us of the server's CPU each".formatted(nanos / 1e3 / count);
  }

  private static String line(String what, int count, long before, long held, long after) {
    return "%-16s %,10d %,10d %,10d %,16d%n"
        .formatted(what, before >> 20, held >> 20, after >> 20, (held - before) / count);
  }
}
