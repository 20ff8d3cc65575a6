package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessesTest {
  private volatile Throwable failure;

  @Test
  void knowsThisProcessAndItsThreads() throws InterruptedException {
    assertThat(Processes.pid()).isEqualTo((int) ProcessHandle.current().pid());
    int[] other = new int[1];
    Thread thread = Thread.ofPlatform().start(() -> other[0] = Processes.tid());
    thread.join();
    assertThat(other[0]).isPositive().isNotEqualTo(Processes.tid());
  }

  @Test
  void stopsContinuesAndEndsAChild() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();
    try {
      int pid = (int) child.pid();
      Owned.ok(Processes.kill(pid, 0));
      Owned.ok(Processes.kill(pid, Processes.SIGSTOP));
      await().until(() -> stateOf(pid) == 'T');
      Owned.ok(Processes.kill(pid, Processes.SIGCONT));
      await().until(() -> stateOf(pid) != 'T');
      Owned.ok(Processes.kill(pid, Processes.SIGTERM));
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isEqualTo(128 + Processes.SIGTERM);
    } finally {
      child.destroyForcibly();
    }
    assertThat(Processes.kill(Integer.MAX_VALUE, 0)).isEqualTo(-Errno.ESRCH);
  }

  @Test
  void aThreadCanBeBoundToOneProcessor() throws InterruptedException {
    Thread thread =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((where, thrown) -> failure = thrown)
            .start(() -> {
              BitSet all = new BitSet();
              Owned.ok(Processes.getAffinity(0, all));
              assertThat(all.isEmpty()).isFalse();
              BitSet last = new BitSet();
              last.set(all.length() - 1);
              Owned.ok(Processes.setAffinity(0, last));
              BitSet now = new BitSet();
              now.set(5000);
              Owned.ok(Processes.getAffinity(Processes.tid(), now));
              assertThat(now).isEqualTo(last);
            });
    thread.join();
    assertThat(failure).isNull();
    assertThat(Processes.setAffinity(0, new BitSet())).isEqualTo(-Errno.EINVAL);
    assertThat(Processes.getAffinity(Integer.MAX_VALUE, new BitSet())).isEqualTo(-Errno.ESRCH);
  }

  @Test
  void theCpuTimeOfAChildIsWhatItUsed() throws Exception {
    // Spins until told to end; the shell needs no other program for that.
    Process child = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      int pid = (int) child.pid();
      await().until(() -> Processes.cpuNanos(pid) > 50_000_000);
      Owned.ok(Processes.kill(pid, Processes.SIGSTOP));
      await().until(() -> stateOf(pid) == 'T');
      long stopped = Processes.cpuNanos(pid);
      assertThat(stopped).isGreaterThan(50_000_000);
      assertThat(Processes.cpuNanos(pid)).isEqualTo(stopped);
      // utime + stime, in ticks of 10 ms each (USER_HZ).
      String[] stat = stat(pid).split(" ", -1);
      long ticks = Long.parseLong(stat[11]) + Long.parseLong(stat[12]);
      assertThat(Math.abs(stopped - ticks * 10_000_000)).isLessThan(30_000_000);
    } finally {
      child.destroyForcibly().waitFor();
    }
    await().until(() -> Processes.cpuNanos((int) child.pid()) == -Errno.EINVAL);
  }

  @Test
  void theOwnCpuTimeGrows() {
    long before = Processes.cpuNanos(Processes.pid());
    await().until(() -> Processes.cpuNanos(Processes.pid()) > before);
  }

  private static char stateOf(int pid) throws IOException {
    return stat(pid).charAt(0);
  }

  /** /proc/PID/stat from the third field, the state, on. */
  private static String stat(int pid) throws IOException {
    String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return line.substring(line.lastIndexOf(')') + 2);
  }
}
