package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PollTest {
  private final Owned owned = new Owned();
  private final long array = owned.memory(4L * Poll.ENTRY_BYTES);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void tellsWhatIsSoOfEachEntry() {
    int quiet = owned.fd(EventFd.create());
    int signalled = owned.fd(EventFd.create());
    EventFd.signal(signalled);
    Poll.put(array, 0, quiet, Poll.POLLIN);
    Poll.put(array, 1, -1, Poll.POLLIN);
    Poll.put(array, 2, signalled, Poll.POLLIN | Poll.POLLOUT);
    Poll.put(array, 3, Integer.MAX_VALUE, Poll.POLLIN);
    assertThat(Poll.poll(array, 4, -1)).isEqualTo(2);
    assertThat(Poll.returned(array, 0)).isZero();
    assertThat(Poll.returned(array, 1)).isZero();
    assertThat(Poll.returned(array, 2)).isEqualTo(Poll.POLLIN | Poll.POLLOUT);
    assertThat(Poll.returned(array, 3)).isEqualTo(Poll.POLLNVAL);
    assertThat(Poll.descriptor(array, 2)).isEqualTo(signalled);
    assertThat(Poll.events(array, 2)).isEqualTo(Poll.POLLIN | Poll.POLLOUT);
  }

  @Test
  void anEntryWrittenAnewHasReturnedNothing() {
    int fd = owned.fd(EventFd.create());
    Poll.put(array, 0, fd, Poll.POLLOUT);
    assertThat(Poll.poll(array, 1, 0)).isEqualTo(1);
    Poll.put(array, 0, fd, Poll.POLLIN);
    assertThat(Poll.returned(array, 0)).isZero();
    assertThat(Poll.poll(array, 1, 1)).isZero();
  }
}
