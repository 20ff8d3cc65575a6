package fivefold.testkit;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How much processor time this process uses while nothing is to be done. */
public final class ProcessorTime {
  private ProcessorTime() {}

  /** All threads together, the compiler's too: expect a little more than nothing. */
  public static Duration during(Duration window) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = system.getProcessCpuTime();
    long untilNanos = System.nanoTime() + window.toNanos();
    for (long left; (left = untilNanos - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
    return Duration.ofNanos(system.getProcessCpuTime() - before);
  }
}
