package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Each thread must get the errno of its own call. */
@EnabledOnOs(OS.LINUX)
class ErrnoOfThreadsTest {
  private static final int ROUNDS = 20_000;

  @Test
  void platformAndVirtualThreadsDoNotMixThemUp() throws Exception {
    try (Owned owned = new Owned();
        ExecutorService platform = Executors.newFixedThreadPool(6);
        ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      int event = owned.fd(EventFd.create());
      int epoll = owned.fd(Epoll.create());
      List<Future<Integer>> mixedUp = new ArrayList<>();
      for (int i = 0; i < 48; i++) {
        ExecutorService executor = i % 8 == 0 ? platform : virtual;
        mixedUp.add(executor.submit(provoke(i, event, epoll)));
      }
      for (Future<Integer> count : mixedUp) {
        assertThat(count.get()).isZero();
      }
    }
  }

  private enum Provoked {
    EBADF(Errno.EBADF),
    ENOTSOCK(Errno.ENOTSOCK),
    ENOENT(Errno.ENOENT),
    EAGAIN(Errno.EAGAIN),
    ESRCH(Errno.ESRCH),
    EINVAL(Errno.EINVAL);

    private final int errno;

    Provoked(int errno) {
      this.errno = errno;
    }

    IntSupplier call(int event, int epoll) {
      return switch (this) {
        case EBADF -> () -> Descriptors.close(-1);
        case ENOTSOCK -> () -> Sockets.getOption(event, Sockets.SOL_SOCKET, Sockets.SO_ERROR);
        case ENOENT -> () -> Epoll.control(epoll, Epoll.CTL_MOD, event, Epoll.EPOLLIN, 1);
        case EAGAIN -> () -> EventFd.drain(event);
        case ESRCH -> () -> Processes.kill(Integer.MAX_VALUE, 0);
        case EINVAL -> () -> Epoll.wait(epoll, 0, 0, 0);
      };
    }
  }

  /** Counts the calls that did not return the errno they provoked. */
  private static Callable<Integer> provoke(int index, int event, int epoll) {
    Provoked provoked = Provoked.values()[index % Provoked.values().length];
    IntSupplier call = provoked.call(event, epoll);
    return () -> {
      int wrong = 0;
      for (int i = 0; i < ROUNDS; i++) {
        if (call.getAsInt() != -provoked.errno) {
          wrong++;
        }
        if (i % 1000 == 0) {
          LockSupport.parkNanos(1); // let virtual threads take turns on a carrier
        }
      }
      return wrong;
    };
  }
}
