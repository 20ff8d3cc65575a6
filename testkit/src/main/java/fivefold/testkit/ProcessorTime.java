package fivefold.testkit;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** How much processor time a process uses while nothing is to be done. */
public final class ProcessorTime {
  private static final Duration WINDOW = Duration.ofMillis(300);

  private ProcessorTime() {}

  /**
   * Returns once this process has rested for a moment.
   *
   * @throws AssertionError when it never does
   */
  public static void awaitRest() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    awaitRest(() -> Duration.ofNanos(system.getProcessCpuTime()));
  }

  /**
   * Returns once a process has rested for a moment. One window would not do: the time is that of
   * all threads, and in a young JVM the compiler's alone can be most of it. A thread that spins
   * leaves no window at rest.
   *
   * @param usedUntilNow the processor time of the process since its start
   * @throws AssertionError when it never does
   */
  public static void awaitRest(Callable<Duration> usedUntilNow) {
    Await.until(
        "less than half of a processor is used for " + WINDOW.toMillis() + " ms",
        () -> {
          Duration before = usedUntilNow.call();
          pass(WINDOW);
          Duration used = usedUntilNow.call().minus(before);
          return used.compareTo(WINDOW.dividedBy(2)) < 0;
        });
  }

  private static void pass(Duration time) {
    long untilNanos = System.nanoTime() + time.toNanos();
    for (long left; (left = untilNanos - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new AssertionError("interrupted");
      }
    }
  }
}
