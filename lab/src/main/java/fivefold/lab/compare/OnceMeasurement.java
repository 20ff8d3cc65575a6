package fivefold.lab.compare;

import fivefold.lab.load.LoadGenerator;
import fivefold.lab.load.LoadPlan;
import fivefold.lab.load.LoadResult;
import fivefold.lab.load.WindowObserver;
import fivefold.lab.record.OnceFigures;
import fivefold.sys.Platform;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is measured once, between the warm-up and the rounds, because measuring it costs: system
 * calls, and the memory that connections take.
 */
final class OnceMeasurement implements WindowObserver {
  /** Memory of fewer is lost in what a JVM takes and gives back meanwhile. */
  static final int LEAST_CONNECTIONS = 500;

  private final boolean linux = Platform.unavailable().isEmpty();
  private final int pid;
  private final int connections;
  private final ProcessFamily processes;
  private @Nullable Memory before;
  private @Nullable Memory after;
  private @Nullable SystemCallCounter counter;
  private long calls = -1;

  private record Memory(OptionalLong heapBytes, double rssBytes) {}

  private OnceMeasurement(int pid, int connections) {
    this.pid = pid;
    this.connections = connections;
    this.processes = new ProcessFamily(pid);
  }

  /**
   * Measures a server that has no connections now, and none had more than this before: what it has
   * once taken it may keep.
   */
  static OnceFigures of(LoadGenerator load, LoadPlan plan, int pid)
      throws IOException, InterruptedException {
    OnceMeasurement measurement = new OnceMeasurement(pid, plan.connections());
    return measurement.run(load, plan);
  }

  private OnceFigures run(LoadGenerator load, LoadPlan plan)
      throws IOException, InterruptedException {
    before = memory();
    try {
      LoadResult result = load.run(plan, this);
      long requests = result.requests();
      return new OnceFigures(
          calls < 0 || requests == 0 ? null : (Double) ((double) calls / requests),
          heapOfConnection(),
          rssOfConnection());
    } finally {
      stopCounting();
    }
  }

  private @Nullable Memory memory() {
    if (!linux || connections < LEAST_CONNECTIONS) {
      return null;
    }
    processes.ask();
    try {
      OptionalLong heapBytes = LiveHeap.bytes(pid);
      LinuxProcess.Size size = processes.size();
      return size == null ? null : new Memory(heapBytes, size.rssBytes());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public void opened() {
    if (linux) {
      processes.ask();
      counter = new SystemCallCounter(processes.members());
    }
  }

  @Override
  public void closed() {
    SystemCallCounter there = counter;
    if (there != null) {
      calls = there.count();
    }
    stopCounting();
  }

  /** The connections are still there. */
  @Override
  public void passed(long completed) {
    after = memory();
  }

  private void stopCounting() {
    SystemCallCounter there = counter;
    if (there != null) {
      there.close();
      counter = null;
    }
  }

  private @Nullable Double heapOfConnection() {
    Memory from = before;
    Memory to = after;
    return from == null || to == null || from.heapBytes().isEmpty() || to.heapBytes().isEmpty()
        ? null
        : ofConnection((double) to.heapBytes().getAsLong() - from.heapBytes().getAsLong());
  }

  private @Nullable Double rssOfConnection() {
    Memory from = before;
    Memory to = after;
    return from == null || to == null ? null : ofConnection(to.rssBytes() - from.rssBytes());
  }

  private Double ofConnection(double bytes) {
    return Math.max(0, bytes / connections);
  }
}
