package fivefold.services.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();
  private final LineSplitter splitter =
      new LineSplitter(8, lines::add, () -> lines.add("too long"));

  @Test
  void splitsAtEveryPosition() {
    byte[] bytes = "one\r\n\n时间\nfive".getBytes(UTF_8);
    for (int cut = 0; cut <= bytes.length; cut++) {
      lines.clear();
      splitter.feed(ByteBuffer.wrap(bytes, 0, cut));
      splitter.feed(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
      assertThat(splitter.hasRest()).isTrue();
      splitter.endRest();
      assertThat(lines).containsExactly("one", "", "时间", "five");
      assertThat(splitter.hasRest()).isFalse();
    }
  }

  @Test
  void throwsTooLongALineAwayToItsEnd() {
    feed("12345678\r\n123456789\nabc\n", "123456", "789", "0\nxyz\n", "1234567890");
    splitter.endRest();
    assertThat(lines).containsExactly("12345678", "too long", "abc", "too long", "xyz", "too long");
  }

  @Test
  void replacesWhatIsNoUtf8() {
    splitter.feed(ByteBuffer.wrap(new byte[] {'a', (byte) 0xc3, '(', (byte) 0xff, '\n'}));
    assertThat(lines).containsExactly("a\uFFFD(\uFFFD");
  }

  /** Whatever comes, in whatever pieces: each line is within the limit, and all is read. */
  @Test
  void takesAnyBytes() {
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      ByteBuffer data = ByteBuffer.wrap(bytes);
      splitter.feed(data);
      assertThat(data.hasRemaining()).isFalse();
    }
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(8));
  }

  private void feed(String... pieces) {
    for (String piece : pieces) {
      splitter.feed(ByteBuffer.wrap(piece.getBytes(UTF_8)));
    }
  }
}
