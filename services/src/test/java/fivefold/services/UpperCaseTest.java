package fivefold.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpperCaseTest {

  @Test
  void changesTheLettersOfAsciiAndNoOtherByteAtAnyPlaceAndLength() {
    Random random = new Random(7);
    for (int length = 0; length < 70; length++) {
      for (int offset = 0; offset < 9; offset++) {
        byte[] before = new byte[length];
        random.nextBytes(before);
        assertThat(upperCased(before, offset)).isEqualTo(oneByOne(before));
      }
    }
  }

  @Test
  void changesEachOfTheByteValuesInEachLane() {
    byte[] all = new byte[256 * 8];
    for (int at = 0; at < all.length; at++) {
      all[at] = (byte) (at + at / 256);
    }
    assertThat(upperCased(all, 0)).isEqualTo(oneByOne(all));
  }

  @Test
  void leavesTheRestOfTheBufferAndItsPositionAlone() {
    ByteBuffer bytes =
        ByteBuffer.wrap("abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.UTF_8));
    bytes.position(3).limit(20);
    UpperCase.inPlace(bytes);
    assertThat(bytes.position()).isEqualTo(3);
    assertThat(new String(bytes.array(), StandardCharsets.UTF_8))
        .isEqualTo("abcDEFGHIJKLMNOPQRSTuvwxyz");
  }

  @Test
  void leavesTextBeyondAsciiAsItIs() {
    byte[] text = "größe 时间 éa".getBytes(StandardCharsets.UTF_8);
    assertThat(new String(upperCased(text, 0), StandardCharsets.UTF_8)).isEqualTo("GRößE 时间 éA");
  }

  private static byte[] upperCased(byte[] source, int offset) {
    ByteBuffer direct = ByteBuffer.allocateDirect(source.length + offset + 8);
    direct.position(offset).limit(offset + source.length);
    direct.put(offset, source);
    UpperCase.inPlace(direct);
    byte[] result = new byte[source.length];
    direct.get(result);
    return result;
  }

  private static byte[] oneByOne(byte[] source) {
    byte[] result = source.clone();
    for (int at = 0; at < result.length; at++) {
      if (result[at] >= 'a' && result[at] <= 'z') {
        result[at] = (byte) (result[at] - 32);
      }
    }
    return result;
  }
}
