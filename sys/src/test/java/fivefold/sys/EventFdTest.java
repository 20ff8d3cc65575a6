package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class EventFdTest {
  @Test
  void signalsAddUpUntilDrained() {
    try (Owned owned = new Owned()) {
      int fd = owned.fd(EventFd.create());
      assertThat(EventFd.drain(fd)).isEqualTo(-Errno.EAGAIN);
      for (int i = 0; i < 3; i++) {
        Owned.ok(EventFd.signal(fd));
      }
      assertThat(EventFd.drain(fd)).isEqualTo(3);
      assertThat(EventFd.drain(fd)).isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void aFullCounterRefusesAndIsStillReadable() {
    try (Owned owned = new Owned()) {
      int fd = owned.fd(EventFd.create());
      long counter = owned.memory(Long.BYTES);
      Memory.putLong(counter, -2); // the highest value, man 2 eventfd
      assertThat(Descriptors.write(fd, counter, Long.BYTES)).isEqualTo(Long.BYTES);
      assertThat(EventFd.signal(fd)).isEqualTo(-Errno.EAGAIN);
      assertThat(EventFd.drain(fd)).isEqualTo(Integer.MAX_VALUE);
    }
  }
}
