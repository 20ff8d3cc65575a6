package fivefold.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SameBytesTest {
  private static final int ASIDE = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 511, 512, 513, 519, 16_384})
  void seesEachByteThatDiffers(int bytes) {
    byte[] content = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(content);
    // At places of their own, with other bytes around them.
    ByteBuffer came = ByteBuffer.allocateDirect(bytes + 2).position(1).put(content).flip();
    came.position(1);
    ByteBuffer due = ByteBuffer.allocateDirect(bytes + ASIDE).position(ASIDE).put(content).flip();
    due.position(ASIDE);
    assertThat(SameBytes.in(came, due)).isTrue();
    for (int i = 0; i < bytes; i++) {
      came.put(1 + i, (byte) (content[i] ^ (1 << i % 8)));
      assertThat(SameBytes.in(came, due)).as("byte %d of %d", i, bytes).isFalse();
      came.put(1 + i, content[i]);
    }
    assertThat(SameBytes.in(came, due)).isTrue();
    assertThat(came.remaining()).isEqualTo(bytes);
    due.limit(due.limit() - 1);
    assertThat(SameBytes.in(came, due)).isFalse();
  }
}
