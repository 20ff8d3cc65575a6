package fivefold.net.blocking.process;

import fivefold.net.CloseReason;
import fivefold.sys.Children;
import fivefold.sys.Descriptors;
import fivefold.sys.Memory;
import fivefold.sys.Processes;
import org.jspecify.annotations.Nullable;

/**
 * A worker as its server sees it. {@link #terminate} and {@link #kill} may be called from any
 * thread, all else is the supervisor's.
 */
final class WorkerProcess {
  private final long number;
  private final int pid;
  private final int endDescriptor;
  private final long startedNanos = System.nanoTime();
  private volatile @Nullable ProcessConnection connection;
  private @Nullable CloseReason reason;
  private volatile Tally tally = Tally.NONE;
  private Tally tallyBefore = Tally.NONE;
  private boolean ready;
  private boolean terminateWhenReady;
  private boolean reaped;

  /**
   * A child of this process.
   *
   * @param endDescriptor becomes readable when it ends; closed by {@link #reap}
   */
  WorkerProcess(long number, int pid, int endDescriptor) {
    this.number = number;
    this.pid = pid;
    this.endDescriptor = endDescriptor;
  }

  long number() {
    return number;
  }

  int pid() {
    return pid;
  }

  int endDescriptor() {
    return endDescriptor;
  }

  long ageNanos() {
    return System.nanoTime() - startedNanos;
  }

  /** What it serves now. */
  @Nullable ProcessConnection connection() {
    return connection;
  }

  void serves(@Nullable ProcessConnection now) {
    connection = now;
    tallyBefore = tally;
  }

  /** What it has counted since its start. */
  Tally tally() {
    return tally;
  }

  /** What it had counted when its connection began. */
  Tally tallyBefore() {
    return tallyBefore;
  }

  void counted(Tally counts) {
    tally = counts;
  }

  /** Why its connection has ended, as it said itself. */
  @Nullable CloseReason reason() {
    return reason;
  }

  void gaveReason(CloseReason why) {
    reason = why;
  }

  /** From now on SIGTERM finds its hook. */
  synchronized void becameReady() {
    if (!ready) {
      ready = true;
      if (terminateWhenReady) {
        signal(Processes.SIGTERM);
      }
    }
  }

  /**
   * Asks it to drain and end. Before its JVM is up SIGTERM would end it at once, with what its
   * connection has sent already; so then it is asked later.
   */
  synchronized void terminate() {
    if (ready) {
      signal(Processes.SIGTERM);
    } else {
      terminateWhenReady = true;
    }
  }

  /** Ends it at once when it has nothing yet to drain. */
  synchronized void terminateIdle() {
    signal(ready ? Processes.SIGTERM : Processes.SIGKILL);
  }

  synchronized void kill() {
    signal(Processes.SIGKILL);
  }

  /** Not once it is reaped: its id may be another's then. */
  private void signal(int signal) {
    if (!reaped) {
      Processes.kill(pid, signal);
    }
  }

  /**
   * Takes its end, so that no zombie stays.
   *
   * @return its exit code, 128 and the signal when one killed it; negative when it still runs
   */
  synchronized int reap() {
    long status = Memory.allocate(Integer.BYTES);
    try {
      int result = Children.wait(pid, status, Children.WNOHANG);
      if (result == 0) {
        return -1;
      }
      reaped = true;
      Descriptors.close(endDescriptor);
      return result < 0 ? 0 : Children.exitCode(Memory.getInt(status));
    } finally {
      Memory.free(status);
    }
  }

  @Override
  public String toString() {
    return "process " + pid;
  }
}
