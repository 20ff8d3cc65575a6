package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SelectTest {
  private final Owned owned = new Owned();
  private final long read = owned.memory(Select.SET_BYTES);
  private final long write = owned.memory(Select.SET_BYTES);

  @AfterEach
  void release() {
    owned.close();
  }

  @Test
  void leavesTheBitsOfWhatIsReady() {
    int quiet = owned.fd(EventFd.create());
    int signalled = owned.fd(EventFd.create());
    EventFd.signal(signalled);
    Select.set(read, quiet);
    Select.set(read, signalled);
    Select.set(write, quiet);
    assertThat(Select.select(Math.max(quiet, signalled) + 1, read, write, 0, -1)).isEqualTo(2);
    assertThat(Select.isSet(read, quiet)).isFalse();
    assertThat(Select.isSet(read, signalled)).isTrue();
    assertThat(Select.isSet(write, quiet)).isTrue();
  }

  @Test
  void theHighestDescriptorASetHasRoomForWorks() {
    int fd = owned.fd(EventFd.create());
    // 1023 is free: a test JVM has some dozens open.
    int highest = owned.fd(Descriptors.duplicate(fd, Select.FD_SETSIZE - 1, Descriptors.O_CLOEXEC));
    Select.set(read, highest);
    assertThat(Select.select(Select.FD_SETSIZE, read, 0, 0, 0)).isZero();
    EventFd.signal(fd);
    Select.set(read, highest);
    assertThat(Select.select(Select.FD_SETSIZE, read, 0, 0, 0)).isEqualTo(1);
    assertThat(scan(read)).containsExactly(highest);
  }

  @Test
  void theWordsHoldWhatWasSet() {
    Random random = new Random(7);
    TreeSet<Integer> expected = new TreeSet<>(List.of(0, 63, 64, 1023));
    for (int i = 0; i < 300; i++) {
      expected.add(random.nextInt(Select.FD_SETSIZE));
    }
    expected.forEach(fd -> Select.set(read, fd));
    assertThat(scan(read)).containsExactlyElementsOf(expected);
    for (int fd = 0; fd < Select.FD_SETSIZE; fd++) {
      assertThat(Select.isSet(read, fd)).isEqualTo(expected.contains(fd));
      if (fd % 3 == 0) {
        Select.clear(read, fd);
        expected.remove(fd);
      }
    }
    Select.copy(read, write);
    assertThat(scan(write)).containsExactlyElementsOf(expected);
    Select.clear(read);
    assertThat(scan(read)).isEmpty();
  }

  @Test
  void aDescriptorWithoutRoomIsRefusedBeforeItWritesOutside() {
    for (int fd : new int[] {-1, Select.FD_SETSIZE, Integer.MAX_VALUE}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> Select.set(read, fd));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> Select.isSet(read, fd));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> Select.clear(read, fd));
    }
  }

  @Test
  void theTimeoutIsKeptToTheNanosecond() {
    long start = System.nanoTime();
    assertThat(Select.select(0, 0, 0, 0, 2_500_000)).isZero();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_500_000);
  }

  @Test
  void aClosedDescriptorIsAnError() {
    // With 1023 open the kernel's table is long enough for it to look at 1022.
    owned.fd(
        Descriptors.duplicate(
            owned.fd(EventFd.create()), Select.FD_SETSIZE - 1, Descriptors.O_CLOEXEC));
    Select.set(read, Select.FD_SETSIZE - 2);
    assertThat(Select.select(Select.FD_SETSIZE, read, 0, 0, 0)).isEqualTo(-Errno.EBADF);
  }

  private static List<Integer> scan(long set) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < Select.WORDS; i++) {
      for (long word = Select.word(set, i); word != 0; word &= word - 1) {
        found.add(i * Long.SIZE + Long.numberOfTrailingZeros(word));
      }
    }
    return found;
  }
}
