package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class TimerFdTest {
  private final Owned owned = new Owned();
  private final int timer = owned.fd(TimerFd.create());
  private final long entry = owned.memory(Poll.ENTRY_BYTES);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void expiresOnceAfterItsTime() {
    long start = System.nanoTime();
    Owned.ok(TimerFd.set(timer, 5_000_000, 0));
    assertThat(TimerFd.drain(timer)).isEqualTo(-Errno.EAGAIN);
    awaitReadable();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
    assertThat(TimerFd.drain(timer)).isEqualTo(1);
    assertThat(TimerFd.drain(timer)).isEqualTo(-Errno.EAGAIN);
  }

  @Test
  void expiresAgainAndAgainUntilStopped() {
    Owned.ok(TimerFd.set(timer, 1, 1_000_000));
    int expirations = 0;
    while (expirations < 3) {
      awaitReadable();
      expirations += TimerFd.drain(timer);
    }
    Owned.ok(TimerFd.set(timer, 0, 0));
    assertThat(TimerFd.drain(timer)).isEqualTo(-Errno.EAGAIN);
    Poll.put(entry, 0, timer, Poll.POLLIN);
    assertThat(Poll.poll(entry, 1, 5)).isZero();
  }

  @Test
  void aNegativeTimeIsAnError() {
    assertThat(TimerFd.set(timer, -1, 0)).isEqualTo(-Errno.EINVAL);
  }

  private void awaitReadable() {
    Poll.put(entry, 0, timer, Poll.POLLIN);
    assertThat(Poll.poll(entry, 1, 10_000)).isEqualTo(1);
  }
}
