package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class MemoryMapTest {
  @Test
  void anonymousMemoryIsZeroAndWholePages() {
    long address = MemoryMap.anonymous(10_000);
    assertThat(address).isPositive();
    assertThat(address % 4096).isZero();
    assertThat(Memory.getLong(address + 9_992)).isZero();
    Memory.putLong(address + 9_992, -1);
    assertThat(Memory.getLong(address + 9_992)).isEqualTo(-1);
    Owned.ok(MemoryMap.unmap(address, 10_000));
  }

  @Test
  void failuresAreValues() {
    assertThat(MemoryMap.anonymous(0)).isEqualTo(-Errno.EINVAL);
    assertThat(MemoryMap.anonymous(1L << 60)).isEqualTo(-Errno.ENOMEM);
    int shared = MemoryMap.MAP_SHARED;
    assertThat(MemoryMap.map(4096, MemoryMap.PROT_READ, shared, -1, 0)).isEqualTo(-Errno.EBADF);
    assertThat(MemoryMap.unmap(1, 4096)).isEqualTo(-Errno.EINVAL);
  }
}
