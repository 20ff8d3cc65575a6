package fivefold.lab.compare;

import fivefold.sys.Platform;
import fivefold.sys.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the servers and this process on processors of their own, by sched_setaffinity(2). Made and
 * used on the thread that makes the load.
 */
public final class Pinning implements AutoCloseable {
  private final @Nullable CorePlan plan;
  private final BitSet before = new BitSet();

  /** Pins according to a plan; without one it does nothing. */
  public Pinning(@Nullable CorePlan plan) {
    this.plan = plan;
    if (plan != null) {
      Processes.getAffinity(0, before);
      bindThisProcess(plan.others());
      Processes.setAffinity(0, plan.load());
    }
  }

  /** The plan for this machine; empty where there are too few processors or no way to pin. */
  public static Optional<CorePlan> plan(int loops) {
    BitSet allowed = new BitSet();
    if (Platform.unavailable().isPresent() || Processes.getAffinity(0, allowed) < 0) {
      return Optional.empty();
    }
    return CorePlan.of(allowed, loops, Pinning::siblings);
  }

  /** Lets the calling thread run anywhere, also where the servers are. */
  public void roam() {
    if (plan != null) {
      Processes.setAffinity(0, before);
    }
  }

  /** Keeps the calling thread where the load is made. */
  public void stay() {
    if (plan != null) {
      Processes.setAffinity(0, plan.load());
    }
  }

  /** Processors that share a core share its units, too: what one does slows the other. */
  private static BitSet siblings(int cpu) {
    Path list = Path.of("/sys/devices/system/cpu/cpu" + cpu + "/topology/thread_siblings_list");
    try {
      return CorePlan.parse(Files.readString(list));
    } catch (IOException unknown) {
      return new BitSet();
    }
  }

  /** What starts a process. */
  interface Start {
    Process start() throws IOException;
  }

  /** A process that is started inherits the affinity of the thread that starts it. */
  Process onServerCores(Start server) throws IOException {
    if (plan == null) {
      return server.start();
    }
    Processes.setAffinity(0, plan.server());
    try {
      return server.start();
    } finally {
      Processes.setAffinity(0, plan.load());
    }
  }

  /** All threads there are; those that come later inherit from the ones that start them. */
  private static void bindThisProcess(BitSet cpus) {
    String @Nullable [] threads = new File("/proc/self/task").list();
    if (threads != null) {
      for (String thread : threads) {
        Processes.setAffinity(Integer.parseInt(thread), cpus);
      }
    }
  }

  @Override
  public void close() {
    if (plan != null) {
      bindThisProcess(before);
    }
  }
}
