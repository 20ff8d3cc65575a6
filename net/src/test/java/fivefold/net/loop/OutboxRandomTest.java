package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import fivefold.net.SlowConsumerPolicy;
import fivefold.net.loop.Outbox.Offer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is done with an outbox, what comes out is whole messages in order: those accepted, less
 * those dropped. Each message carries its number and its length.
 */
final class OutboxRandomTest {
  private static final int SEEDS = 300;
  private static final int STEPS = 120;
  private static final int HEADER_BYTES = Integer.BYTES + Short.BYTES;
  private static final int LIMIT_BYTES = 2000;
  private static final int LIMIT_MESSAGES = 12;
  private static final int LARGEST_MESSAGE_BYTES = 700;

  @ParameterizedTest
  @EnumSource
  void wholeMessagesInOrder(SlowConsumerPolicy policy) {
    for (int seed = 0; seed < SEEDS; seed++) {
      new Run(policy, seed).run();
    }
  }

  /** One random history. */
  private static final class Run {
    private final SlowConsumerPolicy policy;
    private final String name;
    private final Random random;
    private final Outbox outbox;
    private final ByteBuffer gather = ByteBuffer.allocateDirect(1024);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> accepted = new ArrayList<>();
    private final List<Integer> kept = new ArrayList<>();
    private int number;
    private long refused;
    private long dropped;

    Run(SlowConsumerPolicy policy, int seed) {
      this.policy = policy;
      this.name = policy + ", seed " + seed;
      this.random = new Random(seed);
      this.outbox =
          new Outbox(new OutboxLimits(LIMIT_BYTES, LIMIT_MESSAGES, Duration.ofSeconds(1), policy));
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(9)) {
          case 0, 1, 2 -> offer();
          case 3 -> keepIfEmpty();
          case 4 -> sendWhileOffering();
          case 5 -> sendInFlight();
          default -> send();
        }
        dropped += outbox.takeDropped();
      }
      while (send()) {
        // The rest.
      }
      check();
    }

    private ByteBuffer message() {
      int size = HEADER_BYTES + random.nextInt(LARGEST_MESSAGE_BYTES);
      ByteBuffer message = ByteBuffer.allocate(size).putInt(number++).putShort((short) size);
      return message.clear();
    }

    private void offer() {
      ByteBuffer message = message();
      int id = message.getInt(0);
      Offer offer =
          random.nextBoolean()
              ? outbox.offer(message, 0)
              : outbox.offer(Message.copyOf(message), 0);
      switch (offer) {
        case ACCEPTED -> accepted.add(id);
        case REFUSED -> {
          refused++;
          if (policy == SlowConsumerPolicy.DROP_OLDEST && kept.isEmpty()) {
            assertThat(LIMIT_BYTES - LARGEST_MESSAGE_BYTES)
                .as("%s: refused only for what is half sent", name)
                .isPositive();
          }
        }
        case DISCONNECT -> assertThat(policy).as(name).isEqualTo(SlowConsumerPolicy.DISCONNECT);
      }
    }

    /** As a connection does: it keeps the rest of a direct send only when nothing waits. */
    private void keepIfEmpty() {
      if (outbox.isEmpty()) {
        ByteBuffer message = message();
        int id = message.getInt(0);
        outbox.keep(message, 0, 0);
        kept.add(id);
        accepted.add(id);
      }
    }

    private void sendWhileOffering() {
      ByteBuffer flying = outbox.next(gather);
      if (flying != null) {
        byte[] took = take(flying);
        offer();
        offer();
        outbox.sent(took.length);
        out.writeBytes(took);
      }
      assertThat(outbox.waitingBytes())
          .as(name)
          .isLessThanOrEqualTo(LIMIT_BYTES + LARGEST_MESSAGE_BYTES + HEADER_BYTES);
    }

    /** A part at once, a part from a copy, of which again only a part is taken. */
    private void sendInFlight() {
      ByteBuffer next = outbox.next(gather);
      if (next != null) {
        byte[] atOnce = take(next);
        byte[] inFlight = take(next);
        outbox.sent(atOnce.length, inFlight.length);
        out.writeBytes(atOnce);
        offer();
        offer();
        int later = random.nextInt(inFlight.length + 1);
        outbox.sent(inFlight.length == 0 ? 0 : later);
        out.write(inFlight, 0, later);
      }
    }

    private boolean send() {
      ByteBuffer next = outbox.next(gather);
      if (next == null) {
        return false;
      }
      byte[] took = take(next);
      outbox.sent(took.length);
      out.writeBytes(took);
      return true;
    }

    private byte[] take(ByteBuffer next) {
      byte[] took = new byte[random.nextInt(next.remaining() + 1)];
      next.get(took);
      return took;
    }

    private void check() {
      dropped += outbox.takeDropped();
      List<Integer> delivered = new ArrayList<>();
      ByteBuffer stream = ByteBuffer.wrap(out.toByteArray());
      while (stream.hasRemaining()) {
        delivered.add(stream.getInt());
        int rest = stream.getShort() - HEADER_BYTES;
        stream.position(stream.position() + rest);
      }
      assertThat(delivered).as(name).isSorted().doesNotHaveDuplicates();
      assertThat(accepted).as(name).containsAll(delivered);
      assertThat(delivered).as("%s: never dropped", name).containsAll(kept);
      long pushedOut = dropped - refused;
      assertThat(delivered).as(name).hasSize((int) (accepted.size() - pushedOut));
      if (policy != SlowConsumerPolicy.DROP_OLDEST) {
        assertThat(delivered).as(name).isEqualTo(accepted);
      } else if (!accepted.isEmpty()) {
        assertThat(delivered).as("%s: the newest stays", name).endsWith(accepted.getLast());
      }
      assertThat(outbox.waitingBytes()).as(name).isZero();
    }
  }
}
