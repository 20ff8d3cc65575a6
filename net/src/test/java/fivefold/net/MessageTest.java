package fivefold.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MessageTest {
  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  @Test
  void holdsACopyOfWhatRemains() {
    byte[] source = "-hello-".getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.wrap(source, 1, 5);

    Message message = Message.copyOf(buffer);
    source[1] = 'X';

    assertThat(buffer.remaining()).as("not moved").isEqualTo(5);
    assertThat(message.size()).isEqualTo(5);
    assertThat(text(message.view())).isEqualTo("hello");
  }

  @Test
  void eachViewIsItsOwnAndCannotBeWrittenTo() {
    Message message = Message.of("hello");
    ByteBuffer first = message.view();
    first.position(3);

    assertThat(first.isReadOnly()).isTrue();
    assertThat(first.isDirect()).isTrue();
    assertThat(text(message.view())).isEqualTo("hello");
  }

  @Test
  void textIsUtf8AndMayBeEmpty() {
    assertThat(Message.of("\u20ac").size()).isEqualTo(3);
    assertThat(Message.of(new byte[0]).size()).isZero();
    assertThat(Message.of("").view().hasRemaining()).isFalse();
  }
}
