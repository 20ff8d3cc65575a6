package fivefold.lab.compare;

import fivefold.lab.compare.LinuxProcess.Size;
import fivefold.lab.compare.LinuxProcess.Ticks;
import fivefold.lab.load.LoadResult;
import fivefold.lab.load.WindowObserver;
import fivefold.lab.record.RoundFigures;
import fivefold.sys.Platform;
import fivefold.sys.Processes;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures a server over one window. The CPU time is read last before the window and first after
 * it; what takes long to read is read outside, with its own count of requests to divide by.
 */
final class ServerProbe implements WindowObserver {
  private final boolean linux = Platform.unavailable().isEmpty();
  private final int pid;
  private final ProcessFamily processes;

  private Map<String, Long> switchesBefore = Map.of();
  private long completedBefore;
  private double switchesPerRequest = Double.NaN;
  private @Nullable Edge before;
  private @Nullable Edge after;
  private @Nullable Size size;

  /** One edge of the window. */
  private record Edge(
      @Nullable LinuxCpu machine,
      @Nullable JvmCounters jvm,
      @Nullable Ticks ticks,
      long ownNanos,
      long serverNanos) {}

  ServerProbe(int pid) {
    this.pid = pid;
    this.processes = new ProcessFamily(pid);
  }

  @Override
  public void approaching(long completed) {
    if (linux) {
      processes.ask();
    }
    switchesBefore = linux ? processes.contextSwitches() : Map.of();
    completedBefore = completed;
  }

  @Override
  public void opened() {
    JvmCounters jvm = processes.jvmCounters();
    LinuxCpu machine = LinuxCpu.read();
    Ticks ticks = linux ? processes.ticks() : null;
    long ownNanos = cpuNanos((int) ProcessHandle.current().pid());
    before = new Edge(machine, jvm, ticks, ownNanos, serverNanos());
  }

  @Override
  public void closed() {
    long serverNanos = serverNanos();
    long ownNanos = cpuNanos((int) ProcessHandle.current().pid());
    LinuxCpu machine = LinuxCpu.read();
    Ticks ticks = linux ? processes.ticks() : null;
    after = new Edge(machine, processes.jvmCounters(), ticks, ownNanos, serverNanos);
  }

  @Override
  public void passed(long completed) {
    if (!linux) {
      return;
    }
    Map<String, Long> switchesAfter = processes.contextSwitches();
    if (!switchesBefore.isEmpty() && !switchesAfter.isEmpty() && completed > completedBefore) {
      switchesPerRequest =
          (double) LinuxProcess.switchesBetween(switchesBefore, switchesAfter)
              / (completed - completedBefore);
    }
    size = processes.size();
  }

  private long serverNanos() {
    return linux ? processes.cpuNanos() : cpuNanos(pid);
  }

  /** Negative when unknown. */
  private long cpuNanos(int process) {
    return linux
        ? Processes.cpuNanos(process)
        : ProcessHandle.of(process)
            .flatMap(handle -> handle.info().totalCpuDuration())
            .map(Duration::toNanos)
            .orElse(-1L);
  }

  /** The figures of the window that has passed. */
  RoundFigures figures(int round, LoadResult load) {
    double seconds = load.windowNanos() / 1e9;
    Edge from = before;
    Edge to = after;
    Double serverSeconds =
        from == null || to == null || from.serverNanos() < 0 || to.serverNanos() < 0
            ? null
            : (to.serverNanos() - from.serverNanos()) / 1e9;
    Double cpuMicros =
        serverSeconds == null || load.requests() == 0
            ? null
            : serverSeconds * 1e6 / load.requests();
    Double userShare = userShare(from, to);
    Histogram latency = load.latencyNanos();
    Size last = size;
    return new RoundFigures(
        round,
        seconds,
        load.requests(),
        load.requestsPerSecond(),
        percentileMicros(latency, 50),
        percentileMicros(latency, 90),
        percentileMicros(latency, 99),
        percentileMicros(latency, 99.9),
        percentileMicros(latency, 100),
        cpuMicros,
        cpuMicros == null || userShare == null ? null : cpuMicros * userShare,
        cpuMicros == null || userShare == null ? null : cpuMicros * (1 - userShare),
        serverSeconds == null ? null : serverSeconds / seconds,
        measured(load.busy()),
        measured(switchesPerRequest),
        last == null ? null : last.threads(),
        last == null ? null : last.rssBytes(),
        load.failures(),
        load.mismatches(),
        load.unanswered(),
        percentileMicros(load.lateNanos(), 99),
        load.unsent() == 0 && load.lateNanos().getTotalCount() == 0 ? null : (Long) load.unsent(),
        stolenCores(from, to, seconds),
        otherCores(from, to, serverSeconds, seconds),
        measured(load.openNanos() / 1e6),
        collections(from, to),
        collecting(from, to));
  }

  private static @Nullable Long collections(@Nullable Edge from, @Nullable Edge to) {
    return from == null || to == null || from.jvm() == null || to.jvm() == null
        ? null
        : (Long) (to.jvm().collections() - from.jvm().collections());
  }

  private static @Nullable Double collecting(@Nullable Edge from, @Nullable Edge to) {
    return from == null || to == null || from.jvm() == null || to.jvm() == null
        ? null
        : (Double) ((to.jvm().seconds() - from.jvm().seconds()) * 1e3);
  }

  private static @Nullable Double userShare(@Nullable Edge from, @Nullable Edge to) {
    if (from == null || to == null || from.ticks() == null || to.ticks() == null) {
      return null;
    }
    Ticks spent = to.ticks().minus(from.ticks());
    long all = spent.user() + spent.system();
    return all == 0 ? null : (double) spent.user() / all;
  }

  private static @Nullable Double stolenCores(
      @Nullable Edge from, @Nullable Edge to, double seconds) {
    return from == null || to == null || from.machine() == null || to.machine() == null
        ? null
        : to.machine().stolenSecondsSince(from.machine()) / seconds;
  }

  private static @Nullable Double otherCores(
      @Nullable Edge from, @Nullable Edge to, @Nullable Double serverSeconds, double seconds) {
    if (from == null
        || to == null
        || from.machine() == null
        || to.machine() == null
        || serverSeconds == null) {
      return null;
    }
    double ownSeconds = (to.ownNanos() - from.ownNanos()) / 1e9;
    double busy = to.machine().busySecondsSince(from.machine());
    return Math.max(0, (busy - serverSeconds - ownSeconds) / seconds);
  }

  private static @Nullable Double percentileMicros(Histogram nanos, double percentile) {
    return nanos.getTotalCount() == 0 ? null : nanos.getValueAtPercentile(percentile) / 1e3;
  }

  private static @Nullable Double measured(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
