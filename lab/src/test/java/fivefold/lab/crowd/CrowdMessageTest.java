package fivefold.lab.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.sys.Memory;
import fivefold.sys.Platform;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrowdMessageTest {
  @BeforeEach
  void needsNativeMemory() {
    assumeTrue(Platform.unavailable().isEmpty());
  }

  @Test
  void onlyTheSameNumberInUpperCaseIsTheAnswer() {
    long message = Memory.allocate(CrowdMessage.BYTES);
    try {
      CrowdMessage.put(message, 1_234_567);
      byte[] bytes = new byte[CrowdMessage.BYTES];
      Memory.copy(message, bytes, 0, bytes.length);
      String text = new String(bytes, StandardCharsets.US_ASCII);
      assertThat(text).startsWith("connection 0001234567 says");
      assertThat(isAnswer(message, text.toUpperCase(Locale.ROOT), 1_234_567)).isTrue();
      assertThat(isAnswer(message, text.toUpperCase(Locale.ROOT), 1_234_568)).isFalse();
      assertThat(isAnswer(message, text, 1_234_567)).isFalse();
      String wrong = text.toUpperCase(Locale.ROOT).substring(0, CrowdMessage.BYTES - 1) + "!";
      assertThat(isAnswer(message, wrong, 1_234_567)).isFalse();
    } finally {
      Memory.free(message);
    }
  }

  private static boolean isAnswer(long memory, String text, int number) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Memory.copy(bytes, 0, memory, bytes.length);
    return CrowdMessage.isAnswer(memory, number);
  }
}
