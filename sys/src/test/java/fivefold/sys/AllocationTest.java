package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The calls of a hot path leave nothing for the garbage collector, once compiled. */
@EnabledOnOs(OS.LINUX)
class AllocationTest {
  private static final int CALLS = 100_000;

  /** Compilation happens in between, and its own bookkeeping may land on the thread. */
  private static final int ATTEMPTS = 20;

  private final Owned owned = new Owned();
  private final long memory = owned.memory(1024);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void anEchoOverEpollAllocatesNothing() {
    int[] connection = owned.connection();
    int epoll = owned.fd(Epoll.create());
    Owned.ok(Epoll.control(epoll, Epoll.CTL_ADD, connection[1], Epoll.EPOLLIN, 42));
    assertAllocatesNothing(() -> {
      Sockets.send(connection[0], memory, 64, Sockets.MSG_NOSIGNAL);
      int ready = Epoll.wait(epoll, memory + 512, 4, -1);
      long received = Sockets.recv(connection[1], memory, 256, 0);
      long nothing = Sockets.recv(connection[1], memory, 256, 0);
      Epoll.control(epoll, Epoll.CTL_MOD, connection[1], Epoll.EPOLLIN, 42);
      return ready + received - nothing + Epoll.data(memory + 512, 0) + Epoll.events(memory, 0);
    });
  }

  @Test
  void theSmallCallsAllocateNothing() {
    int event = owned.fd(EventFd.create());
    int timer = owned.fd(TimerFd.create());
    long set = owned.memory(Select.SET_BYTES);
    assertAllocatesNothing(() -> {
      EventFd.signal(event);
      Select.set(set, event);
      Poll.put(memory, 0, event, Poll.POLLIN);
      return Select.select(event + 1, set, 0, 0, 1)
          + Poll.poll(memory, 1, 0)
          + EventFd.drain(event)
          + TimerFd.set(timer, 1_000_000_000, 0)
          + Processes.cpuNanos(Processes.pid());
    });
  }

  @Test
  void theAddressOfABufferAllocatesNothing() {
    ByteBuffer[] buffers = {
      ByteBuffer.allocateDirect(64).position(3), Memory.buffer(memory, 64).slice(8, 16)
    };
    int[] next = {0};
    assertAllocatesNothing(() -> Memory.address(buffers[next[0]++ & 1]));
  }

  /** The module under test has no need of them; its tests have. */
  private static void readTheManagementModules() {
    for (String name : List.of("java.management", "jdk.management")) {
      AllocationTest.class.getModule().addReads(ModuleLayer.boot().findModule(name).orElseThrow());
    }
  }

  interface Calls {
    long make();
  }

  static void assertAllocatesNothing(Calls calls) {
    readTheManagementModules();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long fewest = Long.MAX_VALUE;
    long sum = 0; // results that nobody uses need not be computed
    for (int attempt = 0; attempt < ATTEMPTS && fewest > 0; attempt++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        sum += calls.make();
      }
      fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(fewest).isZero();
    assertThat(sum).isNotZero();
  }
}
