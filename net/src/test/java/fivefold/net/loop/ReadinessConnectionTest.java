package fivefold.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.OutboxLimits;
import fivefold.net.StreamHandler;
import fivefold.net.multiplexing.TestPollers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must go on by itself, by no timer: the clock of these tests stands still. */
@Timeout(60)
final class ReadinessConnectionTest {
  static List<Named<PollerFactory>> pollers() {
    return TestPollers.available();
  }

  /** A producer that sends only when told it may. */
  private static final class Producer implements StreamHandler {
    static final int MESSAGE_BYTES = 16 * 1024;
    private int left;

    Producer(int messages) {
      left = messages;
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {}

    @Override
    public void onOpen(Connection connection) {
      produce(connection);
    }

    @Override
    public void onWritable(Connection connection) {
      produce(connection);
    }

    private void produce(Connection connection) {
      while (left > 0 && connection.isWritable()) {
        assertThat(connection.send(ByteBuffer.allocate(MESSAGE_BYTES))).isTrue();
        left--;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void producerThatWaitsForOnWritableGetsAllThrough(PollerFactory pollers) throws Exception {
    int messages = 400;
    OutboxLimits outbox = OutboxLimits.DEFAULT.withBytes(256 * 1024);
    AtomicInteger received = new AtomicInteger();

    try (var one = new ConnectionOnTestThread(pollers, outbox, new Producer(messages))) {
      boolean all =
          one.turnsUntil(() -> {
            received.addAndGet(Math.max(0, one.readFar()));
            return received.get() == messages * Producer.MESSAGE_BYTES;
          });

      assertThat(all).as("%s of the bytes came", received).isTrue();
    }
  }

  /** Back-pressure as one writes it: no more requests while the answers wait. */
  private static final class PausesWhileFull implements StreamHandler {
    final AtomicInteger bytes = new AtomicInteger();
    final AtomicInteger resumed = new AtomicInteger();

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      bytes.addAndGet(data.remaining());
      for (int i = 0; i < 3; i++) {
        connection.send(ByteBuffer.allocate(12 * 1024));
      }
      if (!connection.isWritable()) {
        connection.pauseReading();
      }
    }

    @Override
    public void onWritable(Connection connection) {
      resumed.incrementAndGet();
      connection.resumeReading();
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void resumedInTheTurnThatPausedReadsOn(PollerFactory pollers) throws Exception {
    PausesWhileFull handler = new PausesWhileFull();
    OutboxLimits outbox = OutboxLimits.DEFAULT.withBytes(64 * 1024);

    try (var one = new ConnectionOnTestThread(pollers, outbox, handler)) {
      int sent = one.pair.sendFar(new byte[100 * 1024]);

      boolean all =
          one.turnsUntil(() -> {
            one.readFar();
            return handler.bytes.get() == sent;
          });

      assertThat(all).as("%s of %s bytes came", handler.bytes, sent).isTrue();
      assertThat(handler.resumed.get()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void closingWithUnreadInputEndsWhenThePeerHasEnded(PollerFactory pollers) throws Exception {
    StreamHandler handler =
        (connection, data) -> {
          connection.send("enough");
          connection.close();
        };

    try (var one = new ConnectionOnTestThread(pollers, OutboxLimits.DEFAULT, handler)) {
      one.pair.sendFar(new byte[180 * 1024]);
      one.pair.endFar();

      assertThat(one.turnsUntil(() -> one.closed != null)).as("closed").isTrue();
      assertThat(one.closed).isEqualTo(CloseReason.LOCAL_CLOSE);
      assertThat(one.readFar()).isEqualTo("enough".length());
      assertThat(one.readFar()).isZero();
    }
  }

  /** Else a server of short connections fills its memory with those that have gone. */
  @ParameterizedTest
  @MethodSource("pollers")
  void closedConnectionLeavesNoTimerBehind(PollerFactory pollers) throws Exception {
    OutboxLimits outbox = OutboxLimits.DEFAULT.withBytes(8 << 20);

    try (var one = new ConnectionOnTestThread(pollers, outbox, new Producer(300))) {
      assertThat(one.loop.timerCount()).as("idle, and age of what waits").isEqualTo(2);
      one.connection.abort();

      assertThat(one.turnsUntil(() -> one.closed != null)).isTrue();
      assertThat(one.loop.timerCount()).isZero();
    }
  }
}
