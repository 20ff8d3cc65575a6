package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class EpollTest {
  private static final int MAX = 8;

  private final Owned owned = new Owned();
  private final int epoll = owned.fd(Epoll.create());
  private final long events = owned.memory((long) MAX * Epoll.EVENT_BYTES);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void tellsWhichAreReadyByTheirData() {
    int[] fds = new int[5];
    for (int i = 0; i < fds.length; i++) {
      fds[i] = owned.fd(EventFd.create());
      Owned.ok(Epoll.control(epoll, Epoll.CTL_ADD, fds[i], Epoll.EPOLLIN, -1L - i));
    }
    assertThat(Epoll.wait(epoll, events, MAX, 0)).isZero();
    EventFd.signal(fds[1]);
    EventFd.signal(fds[4]);
    assertThat(Epoll.wait(epoll, events, MAX, -1)).isEqualTo(2);
    assertThat(new long[] {Epoll.data(events, 0), Epoll.data(events, 1)})
        .containsExactlyInAnyOrder(-2L, -5L);
    assertThat(Epoll.events(events, 0)).isEqualTo(Epoll.EPOLLIN);
    assertThat(Epoll.events(events, 1)).isEqualTo(Epoll.EPOLLIN);
  }

  @Test
  void interestCanBeChangedAndRemoved() {
    int fd = owned.fd(EventFd.create());
    Owned.ok(Epoll.control(epoll, Epoll.CTL_ADD, fd, Epoll.EPOLLIN, 1));
    assertThat(Epoll.control(epoll, Epoll.CTL_ADD, fd, Epoll.EPOLLIN, 1)).isEqualTo(-Errno.EEXIST);
    Owned.ok(Epoll.control(epoll, Epoll.CTL_MOD, fd, Epoll.EPOLLOUT, 2));
    assertThat(Epoll.wait(epoll, events, MAX, 0)).isEqualTo(1);
    assertThat(Epoll.events(events, 0)).isEqualTo(Epoll.EPOLLOUT);
    assertThat(Epoll.data(events, 0)).isEqualTo(2);
    Owned.ok(Epoll.control(epoll, Epoll.CTL_DEL, fd, 0, 0));
    assertThat(Epoll.wait(epoll, events, MAX, 0)).isZero();
    assertThat(Epoll.control(epoll, Epoll.CTL_MOD, fd, 0, 0)).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void anEdgeIsToldOnceAndALevelAgainAndAgain() {
    int edge = owned.fd(EventFd.create());
    int level = owned.fd(EventFd.create());
    Owned.ok(Epoll.control(epoll, Epoll.CTL_ADD, edge, Epoll.EPOLLIN | Epoll.EPOLLET, 1));
    Owned.ok(Epoll.control(epoll, Epoll.CTL_ADD, level, Epoll.EPOLLIN, 2));
    EventFd.signal(edge);
    EventFd.signal(level);
    assertThat(Epoll.wait(epoll, events, MAX, 0)).isEqualTo(2);
    assertThat(Epoll.wait(epoll, events, MAX, 0)).isEqualTo(1);
    assertThat(Epoll.data(events, 0)).isEqualTo(2);
  }

  @Test
  void aOneShotIsSilentUntilArmedAnew() {
    int fd = owned.fd(EventFd.create());
    int once = Epoll.EPOLLIN | Epoll.EPOLLONESHOT;
    Owned.ok(Epoll.control(epoll, Epoll.CTL_ADD, fd, once, 1));
    EventFd.signal(fd);
    assertThat(Epoll.wait(epoll, events, MAX, 0)).isEqualTo(1);
    assertThat(Epoll.wait(epoll, events, MAX, 0)).isZero();
    Owned.ok(Epoll.control(epoll, Epoll.CTL_MOD, fd, once, 1));
    assertThat(Epoll.wait(epoll, events, MAX, 0)).isEqualTo(1);
  }

  @Test
  void aPeerThatEndsItsSideIsSeen() {
    int[] connection = owned.connection();
    int interest = Epoll.EPOLLIN | Epoll.EPOLLRDHUP;
    Owned.ok(Epoll.control(epoll, Epoll.CTL_ADD, connection[1], interest, 1));
    Owned.ok(Sockets.shutdown(connection[0], Sockets.SHUT_WR));
    assertThat(Epoll.wait(epoll, events, MAX, -1)).isEqualTo(1);
    assertThat(Epoll.events(events, 0)).isEqualTo(interest);
  }

  @Test
  void timeoutsInMillisecondsAndNanoseconds() {
    long start = System.nanoTime();
    assertThat(Epoll.wait(epoll, events, MAX, 20)).isZero();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(19_000_000);
    start = System.nanoTime();
    int result = Epoll.waitNanos(epoll, events, MAX, 300_000);
    assertThat(result).isIn(0, -Errno.ENOSYS); // old kernels and C libraries
    if (result == 0) {
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000);
      int fd = owned.fd(EventFd.create());
      Owned.ok(Epoll.control(epoll, Epoll.CTL_ADD, fd, Epoll.EPOLLIN, 9));
      EventFd.signal(fd);
      assertThat(Epoll.waitNanos(epoll, events, MAX, -1)).isEqualTo(1);
      assertThat(Epoll.waitNanos(epoll, events, MAX, 0)).isEqualTo(1);
      assertThat(Epoll.data(events, 0)).isEqualTo(9);
    }
  }
}
