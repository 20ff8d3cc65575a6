package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import fivefold.net.SlowConsumerPolicy;
import fivefold.net.loop.Outbox.Offer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OutboxTest {
  private static final long NOW = Long.MAX_VALUE - 10; // near where nanoseconds wrap

  private final ByteBuffer gather = ByteBuffer.allocateDirect(64 * 1024);

  private static Outbox outbox(int bytes, int messages, SlowConsumerPolicy policy) {
    return new Outbox(new OutboxLimits(bytes, messages, Duration.ofSeconds(1), policy));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Offer offer(Outbox outbox, String text) {
    return outbox.offer(bytes(text), NOW);
  }

  /** What the driver would send next, of which the kernel takes so many. */
  private String send(Outbox outbox, int most) {
    ByteBuffer next = outbox.next(gather);
    if (next == null) {
      return "";
    }
    byte[] taken = new byte[Math.min(most, next.remaining())];
    next.get(taken);
    outbox.sent(taken.length);
    return new String(taken, StandardCharsets.US_ASCII);
  }

  @Test
  void nothingDoesNotWait() {
    Outbox outbox = new Outbox(OutboxLimits.DEFAULT);
    assertThat(offer(outbox, "")).isEqualTo(Offer.ACCEPTED);
    assertThat(outbox.offer(Message.of(""), NOW)).isEqualTo(Offer.ACCEPTED);
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void givesBackInOrderWhatItWasGivenAsOneCall() {
    Outbox outbox = outbox(100, 10, SlowConsumerPolicy.DISCONNECT);
    offer(outbox, "one ");
    outbox.offer(Message.of("two "), NOW);
    offer(outbox, "three");

    assertThat(outbox.waitingBytes()).isEqualTo(13);
    assertThat(send(outbox, 100)).isEqualTo("one two three");
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.waitingBytes()).isZero();
    assertThat(outbox.next(gather)).isNull();
  }

  @Test
  void goesOnWhereTheKernelStopped() {
    Outbox outbox = outbox(100, 10, SlowConsumerPolicy.DISCONNECT);
    offer(outbox, "abc");
    offer(outbox, "def");
    offer(outbox, "ghi");

    assertThat(send(outbox, 0)).isEmpty();
    assertThat(send(outbox, 4)).isEqualTo("abcd");
    assertThat(outbox.waitingBytes()).isEqualTo(5);
    assertThat(send(outbox, 1)).isEqualTo("e");
    assertThat(send(outbox, 100)).isEqualTo("fghi");
  }

  @Test
  void copiesWhatItAcceptsAndLeavesAloneWhatItRefuses() {
    Outbox outbox = outbox(4, 10, SlowConsumerPolicy.DROP_NEWEST);
    ByteBuffer source = bytes("abcd");

    assertThat(outbox.offer(source, NOW)).isEqualTo(Offer.ACCEPTED);
    assertThat(source.hasRemaining()).isFalse();
    source.clear().put((byte) 'X').flip();
    assertThat(outbox.offer(source, NOW)).isEqualTo(Offer.REFUSED);
    assertThat(source.remaining()).isEqualTo(1);
    assertThat(send(outbox, 100)).isEqualTo("abcd");
  }

  @Test
  void aLargeSharedMessageIsNotCopied() {
    Outbox outbox = outbox(1 << 20, 10, SlowConsumerPolicy.DISCONNECT);
    Message large = Message.of(new byte[32 * 1024]);
    outbox.offer(large, NOW);
    offer(outbox, "and a small one");

    ByteBuffer next = outbox.next(gather);

    assertThat(next).isNotSameAs(gather);
    assertThat(next.isDirect()).isTrue();
    assertThat(next.remaining()).isEqualTo(large.size());
    outbox.sent(large.size());
    assertThat(send(outbox, 100)).isEqualTo("and a small one");
  }

  @ParameterizedTest
  @EnumSource
  void takesExactlyItsLimitInBytes(SlowConsumerPolicy policy) {
    Outbox outbox = outbox(6, 10, policy);
    assertThat(offer(outbox, "abc")).isEqualTo(Offer.ACCEPTED);
    assertThat(outbox.hasRoom(3)).isTrue();
    assertThat(outbox.hasRoom(4)).isFalse();
    assertThat(offer(outbox, "def")).isEqualTo(Offer.ACCEPTED);

    assertThat(offer(outbox, "g"))
        .isEqualTo(
            switch (policy) {
              case DISCONNECT -> Offer.DISCONNECT;
              case DROP_OLDEST -> Offer.ACCEPTED;
              case DROP_NEWEST -> Offer.REFUSED;
            });
    assertThat(outbox.takeDropped()).isEqualTo(policy == SlowConsumerPolicy.DISCONNECT ? 0 : 1);
    assertThat(outbox.takeDropped()).as("taken").isZero();
    assertThat(send(outbox, 100))
        .isEqualTo(policy == SlowConsumerPolicy.DROP_OLDEST ? "defg" : "abcdef");
  }

  @ParameterizedTest
  @EnumSource
  void takesExactlyItsLimitInMessages(SlowConsumerPolicy policy) {
    Outbox outbox = outbox(100, 2, policy);
    offer(outbox, "a");
    offer(outbox, "b");

    offer(outbox, "c");

    assertThat(send(outbox, 100)).isEqualTo(policy == SlowConsumerPolicy.DROP_OLDEST ? "bc" : "ab");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLargerThanTheLimitPushesNothingOut(SlowConsumerPolicy policy) {
    Outbox outbox = outbox(4, 10, policy);
    offer(outbox, "abc");

    assertThat(offer(outbox, "12345")).isNotEqualTo(Offer.ACCEPTED);
    assertThat(send(outbox, 100)).isEqualTo("abc");
  }

  @Test
  void dropOldestDropsNothingWhenThatWouldNotMakeRoom() {
    Outbox outbox = outbox(10, 10, SlowConsumerPolicy.DROP_OLDEST);
    outbox.keep(bytes("kept8888"), NOW, 0);
    offer(outbox, "ab");

    assertThat(offer(outbox, "12345")).isEqualTo(Offer.REFUSED);
    assertThat(outbox.takeDropped()).as("the new one alone").isEqualTo(1);
    assertThat(send(outbox, 100)).isEqualTo("kept8888ab");
  }

  @Test
  void dropOldestLeavesWhatIsHalfSent() {
    Outbox outbox = outbox(9, 10, SlowConsumerPolicy.DROP_OLDEST);
    offer(outbox, "abc");
    offer(outbox, "def");
    assertThat(send(outbox, 1)).isEqualTo("a");

    assertThat(offer(outbox, "123456")).isEqualTo(Offer.ACCEPTED);
    assertThat(send(outbox, 100)).isEqualTo("bc123456");
  }

  @Test
  void dropOldestLeavesWhatIsBeingSent() {
    Outbox outbox = outbox(6, 10, SlowConsumerPolicy.DROP_OLDEST);
    offer(outbox, "abc");
    offer(outbox, "def");
    ByteBuffer flying = outbox.next(gather);
    assertThat(flying.remaining()).isEqualTo(6);

    assertThat(offer(outbox, "ghi")).isEqualTo(Offer.ACCEPTED);
    outbox.sent(4); // "abcd": so "def" is begun, and "ghi" waits

    assertThat(send(outbox, 100)).isEqualTo("efghi");
  }

  @Test
  void dropOldestIsBackWithinItsLimitsWhenTheKernelTookNothing() {
    Outbox outbox = outbox(6, 10, SlowConsumerPolicy.DROP_OLDEST);
    offer(outbox, "abc");
    offer(outbox, "def");
    outbox.next(gather);
    offer(outbox, "ghi");
    outbox.sent(0);

    assertThat(outbox.waitingBytes()).isLessThanOrEqualTo(6);
    assertThat(outbox.takeDropped()).isEqualTo(1);
    assertThat(send(outbox, 100)).isEqualTo("defghi");
  }

  @Test
  void whatWasAcceptedBeforeIsKeptBeyondTheLimits() {
    Outbox outbox = outbox(4, 1, SlowConsumerPolicy.DROP_OLDEST);
    outbox.keep(bytes("abcdef"), NOW, 0);

    assertThat(offer(outbox, "g")).isEqualTo(Offer.REFUSED);
    assertThat(send(outbox, 100)).isEqualTo("abcdef");
  }

  @Test
  void theRestOfWhatWasBegunGoesBeforeWhatCameMeanwhile() {
    Outbox outbox = outbox(100, 10, SlowConsumerPolicy.DISCONNECT);
    offer(outbox, "from another thread");

    outbox.keep(bytes("rest "), NOW, 0);

    assertThat(send(outbox, 100)).isEqualTo("rest from another thread");
  }

  @Test
  void dropOldestLeavesWhatIsInFlight() {
    Outbox outbox = outbox(6, 10, SlowConsumerPolicy.DROP_OLDEST);
    offer(outbox, "abc");
    offer(outbox, "def");
    assertThat(outbox.next(ByteBuffer.allocate(100))).isNotNull();
    outbox.sent(0, 2);

    offer(outbox, "ghi");
    offer(outbox, "jkl");
    assertThat(outbox.takeDropped()).as("def, behind what is in flight").isEqualTo(1);
    outbox.sent(2);

    assertThat(send(outbox, 100)).as("what came back takes room again").isEqualTo("cjkl");
  }

  @Test
  void whatIsPutBackGoesFirst() {
    Outbox outbox = outbox(100, 10, SlowConsumerPolicy.DISCONNECT);
    offer(outbox, "second");

    outbox.putBack(bytes("first "), NOW);

    assertThat(outbox.waitingBytes()).isEqualTo(12);
    assertThat(send(outbox, 100)).isEqualTo("first second");
  }

  @Test
  void isFullAboveTheHighWatermarkUntilDownAtTheLowOne() {
    Outbox outbox = outbox(8, 100, SlowConsumerPolicy.DISCONNECT);
    offer(outbox, "abcd");
    assertThat(outbox.isFull()).as("at the high watermark").isFalse();
    assertThat(outbox.takeRelief()).as("it was never full").isFalse();
    offer(outbox, "e");
    assertThat(outbox.isFull()).isTrue();

    send(outbox, 2);
    assertThat(outbox.isFull()).as("between the watermarks").isTrue();
    assertThat(outbox.takeRelief()).isFalse();
    send(outbox, 1);
    assertThat(outbox.takeRelief()).as("at the low watermark").isTrue();
    assertThat(outbox.isFull()).isFalse();
    assertThat(outbox.takeRelief()).as("once").isFalse();
  }

  @Test
  void isFullByMessagesToo() {
    Outbox outbox = outbox(1000, 4, SlowConsumerPolicy.DISCONNECT);
    offer(outbox, "a");
    offer(outbox, "b");
    assertThat(outbox.isFull()).isFalse();
    offer(outbox, "c");
    assertThat(outbox.isFull()).isTrue();
    send(outbox, 1);
    assertThat(outbox.takeRelief()).isFalse();
    send(outbox, 1);
    assertThat(outbox.takeRelief()).isTrue();
  }

  @Test
  void expiresWithTheAgeOfItsOldestMessage() {
    Outbox outbox = outbox(100, 10, SlowConsumerPolicy.DISCONNECT);
    assertThat(outbox.isExpired(NOW)).as("empty").isFalse();
    assertThat(outbox.expiresAtNanos()).isEqualTo(Long.MAX_VALUE);
    long second = Duration.ofSeconds(1).toNanos();
    outbox.offer(bytes("ab"), NOW);
    outbox.offer(bytes("cd"), NOW + second / 2);

    assertThat(outbox.isExpired(NOW + second - 1)).isFalse();
    assertThat(outbox.isExpired(NOW + second)).isTrue();
    send(outbox, 3);
    assertThat(outbox.isExpired(NOW + second)).as("the oldest has gone").isFalse();
    assertThat(outbox.isExpired(NOW + second + second / 2)).isTrue();
  }

  @Test
  void clearedItHoldsNothingAndTellsWhatWasLost() {
    Outbox outbox = outbox(100, 10, SlowConsumerPolicy.DISCONNECT);
    offer(outbox, "abc");
    outbox.next(gather);

    assertThat(outbox.clear()).isEqualTo(3);
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.waitingBytes()).isZero();
    assertThat(outbox.next(gather)).isNull();
  }

  /** An abort on one thread clears while another has bytes on their way. */
  @Test
  void aReportThatComesAfterTheClearIsNothing() {
    Outbox outbox = outbox(100, 10, SlowConsumerPolicy.DISCONNECT);
    offer(outbox, "abc");
    outbox.next(gather);
    outbox.clear();

    outbox.sent(3);

    assertThat(outbox.waitingBytes()).isZero();
    assertThat(outbox.isEmpty()).isTrue();
  }

  @Test
  void messagesLargerThanTheGatherBufferLeaveInPieces() {
    Outbox outbox = outbox(1 << 20, 10, SlowConsumerPolicy.DISCONNECT);
    byte[] large = new byte[100];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) i;
    }
    outbox.offer(ByteBuffer.wrap(large), NOW);
    offer(outbox, "x");
    ByteBuffer small = ByteBuffer.allocateDirect(64);
    ByteBuffer all = ByteBuffer.allocate(101);
    for (ByteBuffer next = outbox.next(small); next != null; next = outbox.next(small)) {
      int size = next.remaining();
      all.put(next);
      outbox.sent(size);
    }

    assertThat(all.flip().get(99)).isEqualTo((byte) 99);
    assertThat(all.get(100)).isEqualTo((byte) 'x');
  }

  @Test
  void theRestOfASharedMessageGoesFirstAndIsNotCopied() {
    Outbox outbox = outbox(100, 10, SlowConsumerPolicy.DROP_OLDEST);
    offer(outbox, "later");
    outbox.keep(Message.of("shared"), 2, NOW);
    assertThat(outbox.waitingBytes()).isEqualTo(9);
    assertThat(send(outbox, 3)).isEqualTo("are");
    assertThat(send(outbox, 100)).isEqualTo("dlater");
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.waitingBytes()).isZero();
  }
}
