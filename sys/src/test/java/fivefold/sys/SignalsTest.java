package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SignalsTest {
  private static final List<String> GRANTED = List.of("--enable-native-access=fivefold.sys");
  private static final long LONG_NANOS = 30_000_000_000L;

  private final Owned owned = new Owned();
  private final long memory = owned.memory(64);
  private final long set = owned.memory(Signals.SET_BYTES);
  private final long info = owned.memory(Signals.INFO_BYTES);

  @AfterEach
  void release() {
    owned.close();
  }

  /** Lowers the limit of queued signals to 2, makes three descriptors ready, takes what comes. */
  static final class Overflowing {
    private Overflowing() {}

    public static void main(String[] arguments) {
      long set = Memory.allocate(Signals.SET_BYTES);
      long info = Memory.allocate(Signals.INFO_BYTES);
      long pair = Memory.allocate(2L * Integer.BYTES);
      int signal = Signals.realTimeMin();
      Signals.ignore(signal);
      Signals.ignore(Signals.SIGIO);
      Signals.add(set, signal);
      Signals.add(set, Signals.SIGIO);
      System.out.println("mask " + Signals.mask(Signals.SIG_BLOCK, set));
      System.out.println("limit " + Limits.set(Limits.RLIMIT_SIGPENDING, 2, 2));
      for (int i = 0; i < 3; i++) {
        Descriptors.pipe(pair, Descriptors.O_NONBLOCK);
        async(Memory.getInt(pair), signal);
        Descriptors.write(Memory.getInt(pair + Integer.BYTES), set, 1);
      }
      int first;
      while ((first = Signals.wait(set, info, 0)) > 0) {
        System.out.println(first == signal ? "real-time" : "SIGIO");
      }
      System.out.println(Errno.name(first));
    }
  }

  /** Ends a thread for which signals are queued. */
  static final class LeavingSignals {
    private LeavingSignals() {}

    public static void main(String[] arguments) throws InterruptedException {
      int signal = Signals.realTimeMin();
      if (arguments.length > 0) {
        System.out.println("ignore " + Signals.ignore(signal));
      }
      int[] tid = new int[1];
      Thread thread =
          Thread.ofPlatform()
              .start(() -> {
                tid[0] = Processes.tid();
                long set = Memory.allocate(Signals.SET_BYTES);
                Signals.add(set, signal);
                Signals.mask(Signals.SIG_BLOCK, set);
                Processes.killThread(Processes.pid(), tid[0], signal);
                Processes.killThread(Processes.pid(), tid[0], signal);
                int taken = Signals.wait(set, Memory.allocate(Signals.INFO_BYTES), 0);
                System.out.println(taken == signal ? "taken" : Errno.name(taken));
              });
      thread.join();
      while (Files.exists(Path.of("/proc/self/task/" + tid[0]))) {
        Thread.onSpinWait(); // Java's thread has ended, the system's is about to
      }
      System.out.println("alive");
    }
  }

  @Test
  void whatIsQueuedForAThreadThatEndsIsHarmlessOnceIgnored() throws Exception {
    var result = ChildJvm.run(GRANTED, LeavingSignals.class, "ignore");
    assertThat(result.output().lines()).containsExactly("ignore 0", "taken", "alive");
    assertThat(result.exitCode()).isZero();
    assertThat(ChildJvm.run(GRANTED, LeavingSignals.class).exitCode())
        .isEqualTo(128 + Signals.realTimeMin());
    assertThat(Signals.ignore(33)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void aFullQueueIsToldBySigio() throws Exception {
    var result = ChildJvm.run(List.of("--enable-native-access=fivefold.sys"), Overflowing.class);
    // Other processes of the user may hold signals too: at most two are queued.
    List<String> lines = result.output().lines().toList();
    assertThat(lines).startsWith("mask 0", "limit 0", "SIGIO").endsWith("EAGAIN");
    assertThat(lines.stream().filter("real-time"::equals).count()).isLessThanOrEqualTo(2);
  }

  @Test
  void realTimeSignalsBeginBehindThoseOfTheLibrary() {
    assertThat(Signals.realTimeMin()).isBetween(34, 40);
    assertThat(Signals.realTimeMax()).isEqualTo(64);
  }

  @Test
  void aSetHasWhatWasAdded() {
    for (int signal : new int[] {1, 34, 64}) {
      assertThat(Signals.contains(set, signal)).isFalse();
      Signals.add(set, signal);
      assertThat(Signals.contains(set, signal)).isTrue();
    }
    assertThat(Signals.contains(set, 2)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Signals.add(set, 0));
  }

  @Test
  void theMaskIsTheThreads() throws Exception {
    int signal = Signals.realTimeMin() + 3;
    Signals.add(set, signal);
    long mask = owned.memory(Signals.SET_BYTES);
    assertThat(
            onThread(() -> {
              Owned.ok(Signals.mask(Signals.SIG_BLOCK, set));
              Owned.ok(Signals.getMask(mask));
              return Signals.contains(mask, signal);
            }))
        .isTrue();
    Owned.ok(Signals.getMask(mask));
    assertThat(Signals.contains(mask, signal)).isFalse();
    assertThat(Signals.mask(4711, set)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void aSocketSendsItsSignalToTheThread() throws Exception {
    int[] connection = owned.connection();
    int signal = Signals.realTimeMin() + 1;
    Owned.ok(Signals.ignore(signal));
    onThread(() -> {
      Signals.add(set, signal);
      Owned.ok(Signals.mask(Signals.SIG_BLOCK, set));
      async(connection[1], signal);
      assertThat(Signals.wait(set, info, 0)).isEqualTo(-Errno.EAGAIN);
      assertThat(Sockets.send(connection[0], memory, 1, 0)).isEqualTo(1);
      assertThat(Signals.wait(set, info, LONG_NANOS)).isEqualTo(signal);
      assertThat(Signals.signal(info)).isEqualTo(signal);
      assertThat(Signals.code(info)).isEqualTo(Signals.POLL_IN);
      assertThat(Signals.descriptor(info)).isEqualTo(connection[1]);
      assertThat(Signals.band(info) & Poll.POLLIN).isEqualTo(Poll.POLLIN);
      Owned.ok(Sockets.setLinger(connection[0], true, 0));
      Owned.ok(Sockets.shutdown(connection[0], Sockets.SHUT_RDWR));
      assertThat(Signals.wait(set, info, LONG_NANOS)).isEqualTo(signal);
      assertThat(Signals.descriptor(info)).isEqualTo(connection[1]);
      return 0;
    });
  }

  @Test
  void aListenerSendsOneForAConnection() throws Exception {
    int listener = owned.listening(Owned.loopback());
    int signal = Signals.realTimeMin() + 1;
    Owned.ok(Signals.ignore(signal));
    onThread(() -> {
      Signals.add(set, signal);
      Owned.ok(Signals.mask(Signals.SIG_BLOCK, set));
      async(listener, signal);
      owned.connected(owned.nameOf(listener));
      assertThat(Signals.wait(set, info, LONG_NANOS)).isEqualTo(signal);
      assertThat(Signals.descriptor(info)).isEqualTo(listener);
      int accepted = owned.fd(Sockets.accept4(listener, 0, 0, Sockets.SOCK_CLOEXEC));
      assertThat(Descriptors.getFlags(accepted) & Descriptors.O_ASYNC).isZero(); // not inherited
      return 0;
    });
  }

  @Test
  void aWaitEndsInTimeOrByASignal() throws Exception {
    onThread(() -> {
      Signals.add(set, Signals.realTimeMin());
      Owned.ok(Signals.mask(Signals.SIG_BLOCK, set));
      long start = System.nanoTime();
      assertThat(Signals.wait(set, info, 3_000_000)).isEqualTo(-Errno.EAGAIN);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(3_000_000);
      int tid = Processes.tid();
      Owned.ok(Processes.killThread(Processes.pid(), tid, Signals.realTimeMin()));
      assertThat(Signals.wait(set, info, -1)).isEqualTo(Signals.realTimeMin());
      assertThat(Signals.code(info)).isNotPositive();
      return 0;
    });
  }

  private static void async(int fd, int signal) {
    check(Descriptors.setSignalOwner(fd, Processes.tid()));
    check(Descriptors.setSignal(fd, signal));
    check(Descriptors.setFlags(fd, Descriptors.getFlags(fd) | Descriptors.O_ASYNC));
  }

  private static void check(int result) {
    if (result < 0) {
      throw new AssertionError(Errno.describe(result));
    }
  }

  /** On a thread of its own, which takes its mask and what is queued for it to its grave. */
  private static <T> T onThread(Callable<T> task) throws Exception {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofPlatform().start(future);
    return future.get();
  }
}
