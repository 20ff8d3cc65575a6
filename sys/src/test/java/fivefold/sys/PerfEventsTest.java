package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PerfEventsTest {
  private static final Path ID = Path.of("/sys/kernel/tracing/events/raw_syscalls/sys_enter/id");
  private static final int CALLS = 1000;

  @Test
  void systemCallsOfAThreadAreCounted() throws IOException {
    assumeTrue(Files.isReadable(ID), "tracing is not for this user");
    int counter =
        PerfEvents.openTracepoint(Long.parseLong(Files.readString(ID).strip()), Processes.tid());
    assumeTrue(counter >= 0, "perf_event_open: " + Errno.describe(-counter));
    try {
      long before = PerfEvents.count(counter);
      for (int i = 0; i < CALLS; i++) {
        Processes.tid();
      }
      // The JVM makes calls of its own now and then.
      assertThat(PerfEvents.count(counter) - before).isBetween((long) CALLS, 3L * CALLS);
    } finally {
      assertThat(Descriptors.close(counter)).isZero();
    }
  }

  @Test
  void aThreadThatIsNotThereIsAnError() throws IOException {
    assumeTrue(Files.isReadable(ID), "tracing is not for this user");
    long id = Long.parseLong(Files.readString(ID).strip());
    assertThat(PerfEvents.openTracepoint(id, Integer.MAX_VALUE)).isNegative();
  }
}
