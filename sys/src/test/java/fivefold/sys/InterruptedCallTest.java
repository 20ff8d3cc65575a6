package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What a signal does to a call that waits. SIGPIPE serves as the signal: the JVM has a handler for
 * it, and the handler does nothing. Even with SA_RESTART the kernel does not restart the calls
 * tried here (man 7 signal): the waits, and receiving with a timeout.
 */
@EnabledOnOs(OS.LINUX)
class InterruptedCallTest {
  private static final int NEVER_MILLIS = 60_000;

  private final Owned owned = new Owned();
  private final long memory = owned.memory(256);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void epollReturnsIt() throws Exception {
    int epoll = owned.fd(Epoll.create());
    Caller caller = Caller.of(() -> Epoll.wait(epoll, memory, 1, NEVER_MILLIS));
    caller.interruptUntilItReturns();
    assertThat(caller.result()).isEqualTo(-Errno.EINTR);
  }

  @Test
  void pollReturnsIt() throws Exception {
    Caller caller = Caller.of(() -> Poll.poll(memory, 0, NEVER_MILLIS));
    caller.interruptUntilItReturns();
    assertThat(caller.result()).isEqualTo(-Errno.EINTR);
  }

  @Test
  void selectReturnsIt() throws Exception {
    Caller caller = Caller.of(() -> Select.select(0, 0, 0, 0, -1));
    caller.interruptUntilItReturns();
    assertThat(caller.result()).isEqualTo(-Errno.EINTR);
  }

  @Test
  void receivingIsRepeated() throws Exception {
    int[] connection = owned.connection();
    Owned.ok(Sockets.setReceiveTimeout(connection[0], Duration.ofMinutes(1).toNanos()));
    Caller caller = Caller.of(() -> (int) Sockets.recv(connection[0], memory, 10, 0));
    caller.interruptOnce();
    caller.interruptOnce();
    assertThat(Sockets.send(connection[1], memory, 7, 0)).isEqualTo(7);
    assertThat(caller.result()).isEqualTo(7);
  }

  @Test
  void receivingWouldHaveBeenInterrupted() throws Exception {
    int[] connection = owned.connection();
    Owned.ok(Sockets.setReceiveTimeout(connection[0], Duration.ofMinutes(1).toNanos()));
    SystemCall recv = SystemCall.of("recv");
    Caller caller = Caller.of(() -> recv.once(connection[0], memory, 10, 0));
    caller.interruptUntilItReturns();
    assertThat(caller.result()).isEqualTo(-Errno.EINTR);
  }

  @Test
  void acceptingIsRepeated() throws Exception {
    int listener = owned.listening(Owned.loopback());
    Owned.ok(Sockets.setReceiveTimeout(listener, Duration.ofMinutes(1).toNanos()));
    Caller caller = Caller.of(() -> Sockets.accept4(listener, 0, 0, Sockets.SOCK_CLOEXEC));
    caller.interruptOnce();
    owned.connected(owned.nameOf(listener));
    owned.fd(caller.result());
  }

  /** A thread in one native call. */
  private record Caller(int tid, CompletableFuture<Integer> returned) {
    static Caller of(IntSupplier call) throws Exception {
      var tid = new CompletableFuture<Integer>();
      var returned = new CompletableFuture<Integer>();
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            EventFd.drain(-1); // links what the call needs
            tid.complete(Processes.tid());
            returned.complete(call.getAsInt());
          });
      return new Caller(tid.get(), returned);
    }

    int result() throws Exception {
      return returned.get(30, TimeUnit.SECONDS);
    }

    /** Signals until one comes while the thread is in the call, and no earlier. */
    void interruptUntilItReturns() {
      await()
          .until(() -> {
            Processes.killThread(Processes.pid(), tid, Processes.SIGPIPE);
            return returned.isDone();
          });
    }

    /** Sends the signal while the thread sleeps in a system call, and waits until it has woken. */
    void interruptOnce() {
      await().until(this::sleepsInTheKernel);
      long before = switches();
      Owned.ok(Processes.killThread(Processes.pid(), tid, Processes.SIGPIPE));
      await().until(() -> returned.isDone() || switches() > before);
    }

    /** In a call that is not futex(2), by which the JVM itself waits: man 5 proc, syscall. */
    private boolean sleepsInTheKernel() {
      int futex = Platform.architecture() == Architecture.X86_64 ? 202 : 98;
      String call = proc("syscall");
      return !call.startsWith("running") && !call.startsWith(futex + " ");
    }

    private long switches() {
      return proc("status")
          .lines()
          .filter(line -> line.startsWith("voluntary_ctxt_switches"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(Long.MAX_VALUE); // the thread has ended
    }

    private String proc(String file) {
      try {
        return Files.readString(Path.of("/proc/self/task", Integer.toString(tid), file));
      } catch (IOException ended) {
        return "";
      }
    }
  }
}
