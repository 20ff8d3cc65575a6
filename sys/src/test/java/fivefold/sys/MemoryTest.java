package fivefold.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class MemoryTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 65, 4096, 1 << 20})
  void allocatesZeroedAndAligned(long bytes) {
    // Twice, so that the second may be memory that the first has dirtied.
    for (int round = 0; round < 2; round++) {
      long address = Memory.allocate(bytes);
      try {
        assertThat(address % Memory.ALIGNMENT_BYTES).isZero();
        for (long at = address; at < address + bytes; at++) {
          assertThat(Memory.getByte(at)).isZero();
          Memory.putByte(at, (byte) 0x5A);
        }
      } finally {
        Memory.free(address);
      }
    }
  }

  @Test
  void freeingNothingDoesNothing() {
    Memory.free(0);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> Memory.allocate(-1));
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> Memory.allocate(Long.MAX_VALUE - 64));
  }

  @Test
  void readsWhatWasWrittenAtAnyAlignment() {
    try (Owned owned = new Owned()) {
      long odd = owned.memory(64) + 3;
      Memory.putLong(odd, 0x0123456789ABCDEFL);
      assertThat(Memory.getLong(odd)).isEqualTo(0x0123456789ABCDEFL);
      Memory.putInt(odd, -2);
      assertThat(Memory.getInt(odd)).isEqualTo(-2);
      Memory.putShort(odd, (short) -3);
      assertThat(Memory.getShort(odd)).isEqualTo((short) -3);
      Memory.putByte(odd, (byte) -4);
      assertThat(Memory.getByte(odd)).isEqualTo((byte) -4);
    }
  }

  @Test
  void copiesAndClears() {
    try (Owned owned = new Owned()) {
      long from = owned.memory(16);
      long to = owned.memory(16);
      Memory.copy(new byte[] {0, 1, 2, 3, 4}, 1, from, 4);
      Memory.copy(from, to, 4);
      byte[] back = new byte[6];
      Memory.copy(to, back, 1, 4);
      assertThat(back).containsExactly(0, 1, 2, 3, 4, 0);
      Memory.copy(to, to + 1, 4);
      Memory.copy(to, back, 0, 6);
      assertThat(back).containsExactly(1, 1, 2, 3, 4, 0);
      Memory.setZero(to, 4);
      assertThat(Memory.getInt(to)).isZero();
      assertThat(Memory.getByte(to + 4)).isEqualTo((byte) 4);
    }
  }

  @Test
  void aBufferIsAViewOfTheMemory() {
    try (Owned owned = new Owned()) {
      long address = owned.memory(16);
      ByteBuffer buffer = Memory.buffer(address, 16).order(ByteOrder.nativeOrder());
      buffer.putInt(4, 77);
      assertThat(Memory.getInt(address + 4)).isEqualTo(77);
      assertThat(buffer.isDirect()).isTrue();
      assertThat(buffer.capacity()).isEqualTo(16);
      assertThat(Memory.address(buffer)).isEqualTo(address);
    }
  }

  @Test
  void theAddressOfABufferIsThatOfIndexZero() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    long address = Memory.address(buffer);
    buffer.put(5, (byte) 9);
    assertThat(Memory.getByte(address + 5)).isEqualTo((byte) 9);
    assertThat(Memory.address(buffer.position(20).limit(30))).isEqualTo(address);
    assertThat(Memory.address(buffer.slice())).isEqualTo(address + 20);
    assertThat(Memory.address(buffer.asReadOnlyBuffer())).isEqualTo(address);
    assertThat(Memory.address(buffer.position(30))).isEqualTo(address); // nothing remaining
  }

  @Test
  void aHeapBufferHasNoAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Memory.address(ByteBuffer.allocate(8)))
        .withMessageContaining("direct");
  }
}
