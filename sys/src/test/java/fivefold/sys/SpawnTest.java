package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.sys.Spawn.Onto;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class SpawnTest {
  private static final List<String> GRANTED = List.of("--enable-native-access=fivefold.sys");

  private final Owned owned = new Owned();
  private final long memory = owned.memory(4096);
  private final long status = owned.memory(Integer.BYTES);
  private int here;
  private int pid;

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void aProgramSpeaksThroughASocket() {
    start("/bin/cat", "cat");
    assertThat(Children.wait(pid, status, Children.WNOHANG)).isZero();
    assertThat(Sockets.send(here, memory, put("through and back"), 0)).isEqualTo(16);
    Owned.ok(Sockets.shutdown(here, Sockets.SHUT_WR));
    assertThat(output()).isEqualTo("through and back");
    assertThat(exitCode()).isZero();
    assertThat(Children.wait(pid, status, 0)).isEqualTo(-Errno.ECHILD);
  }

  @Test
  void theEnvironmentIsTheOneGiven() {
    start("/usr/bin/env", "env");
    assertThat(output()).isEqualTo("ONE=1\nPATH=/usr/bin:/bin\n");
    assertThat(exitCode()).isZero();
  }

  @Test
  void nothingElseIsInherited() {
    assumeTrue(Spawn.closesOthers(), "needs glibc 2.34");
    int leak = owned.fd(Sockets.socket(Sockets.AF_INET, Sockets.SOCK_STREAM, 0)); // no CLOEXEC
    shell("test -e /proc/$$/fd/1 && ! test -e /proc/$$/fd/2 && ! test -e /proc/$$/fd/" + leak);
    assertThat(exitCode()).isZero();
  }

  @Test
  void noSignalIsBlockedOrIgnored() throws Exception {
    int signal = Signals.realTimeMin() + 2;
    Owned.ok(Signals.ignore(signal));
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              long set = owned.memory(Signals.SET_BYTES);
              Signals.add(set, signal);
              Signals.mask(Signals.SIG_BLOCK, set);
              start("/bin/grep", "grep", "-E", "Sig(Blk|Ign)", "/proc/self/status");
            });
    thread.join();
    // The C library may ignore its own in a child, 32 and 33: bits 31 and 32.
    assertThat(output()).matches("SigBlk:\t0{16}\nSigIgn:\t0{7}[01][08]0{7}\n");
    assertThat(exitCode()).isZero();
  }

  @Test
  void theEndIsTold() {
    shell("exit 7");
    assertThat(exitCode()).isEqualTo(7);
    shell("exec sleep 60");
    Owned.ok(Processes.kill(pid, Processes.SIGKILL));
    assertThat(exitCode()).isEqualTo(128 + Processes.SIGKILL);
  }

  @Test
  void theEndCanBePolledFor() {
    shell("read line");
    int descriptor = owned.fd(Children.openDescriptor(pid));
    Poll.put(memory, 0, descriptor, Poll.POLLIN);
    assertThat(Poll.poll(memory, 1, 0)).isZero();
    Owned.ok(Sockets.shutdown(here, Sockets.SHUT_WR));
    assertThat(Poll.poll(memory, 1, 30_000)).isEqualTo(1);
    assertThat(Children.wait(pid, status, Children.WNOHANG)).isEqualTo(pid);
  }

  /** Prints who it is, and ends with the process that started it. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
      int result = Processes.setParentDeathSignal(Processes.SIGTERM);
      System.out.println(result == 0 ? Processes.parentPid() + " " + Processes.pid() : result);
      Thread.sleep(60_000);
    }
  }

  /** Passes on what its child prints, and stays. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      Process child = ChildJvm.start(GRANTED, Child.class);
      System.out.println(child.inputReader().readLine());
      child.waitFor();
    }
  }

  @Test
  void aChildCanEndWithItsParent() throws Exception {
    Process parent = ChildJvm.start(GRANTED, Parent.class);
    try {
      String[] pids = parent.inputReader().readLine().split(" ", -1);
      assertThat(pids[0]).isEqualTo(Long.toString(parent.pid()));
      var child = ProcessHandle.of(Long.parseLong(pids[1])).orElseThrow();
      Owned.ok(Processes.kill((int) parent.pid(), Processes.SIGKILL));
      await().until(() -> !child.isAlive());
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void failuresAreValues() {
    List<String> name = List.of("name");
    List<String> empty = List.of();
    assertThat(Spawn.start("/nowhere", name, empty, List.of())).isEqualTo(-Errno.ENOENT);
    assertThat(Spawn.start("/tmp", name, empty, List.of())).isEqualTo(-Errno.EACCES);
    for (int fd : new int[] {-1, 1 << 20}) {
      assertThat(Spawn.start("/bin/true", name, empty, List.of(new Onto(fd, 0))))
          .isEqualTo(-Errno.EBADF);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spawn.start("a\0b", name, empty, List.of()));
  }

  private void shell(String script) {
    start("/bin/sh", "sh", "-c", script);
  }

  /** Starts a program with one end of a pair of sockets as its input and output. */
  private void start(String program, String... arguments) {
    long two = owned.memory(2L * Integer.BYTES);
    Owned.ok(Sockets.socketpair(Sockets.SOCK_STREAM | Sockets.SOCK_CLOEXEC, two));
    here = owned.fd(Memory.getInt(two));
    int there = Memory.getInt(two + Integer.BYTES);
    pid =
        Spawn.start(
            program,
            List.of(arguments),
            List.of("ONE=1", "PATH=/usr/bin:/bin"),
            List.of(new Onto(there, 0), new Onto(there, 1)));
    Descriptors.close(there);
    assertThat(pid).as(() -> Errno.describe(pid)).isPositive();
  }

  private int exitCode() {
    assertThat(Children.wait(pid, status, 0)).isEqualTo(pid);
    return Children.exitCode(Memory.getInt(status));
  }

  /** All that the program writes until it ends. */
  private String output() {
    var output = new StringBuilder();
    long received;
    while ((received = Sockets.recv(here, memory, 4096, 0)) > 0) {
      byte[] text = new byte[(int) received];
      Memory.copy(memory, text, 0, text.length);
      output.append(new String(text, StandardCharsets.US_ASCII));
    }
    return output.toString();
  }

  private long put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Memory.copy(bytes, 0, memory, bytes.length);
    return bytes.length;
  }
}
