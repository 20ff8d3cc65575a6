package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.SlowConsumerPolicy;
import fivefold.testkit.Await;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Numbered;
import fivefold.testkit.OnTime;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The outbox is bounded, and what happens at its limits is the policy, on every model. */
public class OutboxConformance {
  private static final int MESSAGE_BYTES = 1000;
  private static final int LIMIT_BYTES = 100_000;

  /** What a system call was given and did not take comes back, and stands beside the limit. */
  private static final int BESIDE_BYTES = LIMIT_BYTES / 2;

  private static Server start(IoModel model, Recorder recorder, OutboxLimits limits)
      throws Exception {
    return Servers.recorded(model, recorder).sendBufferBytes(8192).outbox(limits).start();
  }

  private static OutboxLimits limits(SlowConsumerPolicy policy) {
    return OutboxLimits.DEFAULT.withBytes(LIMIT_BYTES).withPolicy(policy);
  }

  private static boolean send(Connection connection, int number) {
    return connection.send(new Numbered(0, number, MESSAGE_BYTES).encoded());
  }

  private static List<Integer> numbers(List<Numbered> messages) {
    return messages.stream().map(Numbered::number).toList();
  }

  @EveryModel
  void disconnectAtTheLimitInBytes(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = start(model, recorder, limits(SlowConsumerPolicy.DISCONNECT));
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      int sent = 0;
      while (send(connection, sent)) {
        sent++;
        assertThat(connection.outboxBytes()).isLessThanOrEqualTo(LIMIT_BYTES + BESIDE_BYTES);
      }
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SLOW_CONSUMER);
      assertThat(sent).isGreaterThanOrEqualTo(LIMIT_BYTES / MESSAGE_BYTES);
      assertThat(connection.isOpen()).isFalse();
      peer.receiveToEndOrReset();
    }
    recorder.assertSound();
  }

  @EveryModel
  void disconnectAtTheLimitInMessages(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    OutboxLimits limits = limits(SlowConsumerPolicy.DISCONNECT).withMessages(20);
    try (Server server = start(model, recorder, limits);
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      int sent = 0;
      while (send(connection, sent)) {
        sent++;
        assertThat(connection.outboxBytes()).isLessThanOrEqualTo(20 * MESSAGE_BYTES + BESIDE_BYTES);
      }
      assertThat(sent).isGreaterThanOrEqualTo(20);
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SLOW_CONSUMER);
      peer.receiveToEndOrReset();
    }
    recorder.assertSound();
  }

  @EveryModel
  void dropNewestKeepsWhatWasAccepted(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = start(model, recorder, limits(SlowConsumerPolicy.DROP_NEWEST));
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      List<Integer> accepted = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        if (send(connection, i)) {
          accepted.add(i);
        }
        assertThat(connection.outboxBytes()).isLessThanOrEqualTo(LIMIT_BYTES + BESIDE_BYTES);
      }
      assertThat(accepted).hasSizeBetween(LIMIT_BYTES / MESSAGE_BYTES, 499);
      Await.until("each is counted", () -> server.stats().dropped() == 500 - accepted.size());
      assertThat(connection.isOpen()).isTrue();

      assertThat(numbers(Numbered.read(peer.input(), accepted.size()))).isEqualTo(accepted);
      Await.until("there is room again", () -> connection.outboxBytes() == 0);
      assertThat(send(connection, 1000)).isTrue();
      connection.close();
      assertThat(numbers(Numbered.readToEnd(peer.input()))).containsExactly(1000);
    }
    recorder.assertSound();
  }

  @EveryModel
  void dropOldestKeepsTheNewest(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    int limitBytes = 8 * LIMIT_BYTES;
    OutboxLimits limits = limits(SlowConsumerPolicy.DROP_OLDEST).withBytes(limitBytes);
    try (Server server = start(model, recorder, limits);
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      int total = 3000;
      for (int i = 0; i < total; i++) {
        assertThat(send(connection, i)).isTrue();
        // What a system call has been given waits beside the limit: 64 KiB, the last one begun.
        assertThat(connection.outboxBytes())
            .isLessThanOrEqualTo(limitBytes + (1L << 16) + MESSAGE_BYTES);
      }
      connection.close();
      List<Integer> received = numbers(Numbered.readToEnd(peer.input()));
      // What a system call has been given is begun.
      checkNewestKept(received, total, (limitBytes - (1 << 16)) / MESSAGE_BYTES);
      Await.until("each is counted", () -> server.stats().dropped() == total - received.size());
    }
    recorder.assertSound();
  }

  @EveryModel
  void dropOldestAtTheLimitInMessages(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    OutboxLimits limits = limits(SlowConsumerPolicy.DROP_OLDEST).withMessages(10);
    try (Server server = start(model, recorder, limits);
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      int total = 300;
      for (int i = 0; i < total; i++) {
        assertThat(send(connection, i)).isTrue();
      }
      connection.close();
      List<Integer> received = numbers(Numbered.readToEnd(peer.input()));
      // All ten may have been begun by one system call when the last one came.
      checkNewestKept(received, total, 1);
      Await.until("each is counted", () -> server.stats().dropped() == total - received.size());
    }
    recorder.assertSound();
  }

  /** In order, and so many of the newest without a gap. */
  private static void checkNewestKept(List<Integer> received, int total, int kept) {
    assertThat(received).isSorted().doesNotHaveDuplicates().hasSizeBetween(kept, total - 1);
    assertThat(received.subList(received.size() - kept, received.size()))
        .isEqualTo(IntStream.range(total - kept, total).boxed().toList());
  }

  @EveryModel
  void whatWaitsTooLongDisconnectsUnderEveryPolicy(IoModel model) throws Exception {
    Duration age = Duration.ofMillis(300);
    for (SlowConsumerPolicy policy : SlowConsumerPolicy.values()) {
      OnTime.within(
          age.dividedBy(2),
          pulse -> {
            Recorder recorder = Recorder.silent();
            try (Server server = start(model, recorder, limits(policy).withAge(age));
                Peer peer = Peer.connectWithSmallBuffer(server)) {
              Connection connection = recorder.first().connection();
              pulse.beat();
              long startNanos = System.nanoTime();
              for (int i = 0; i < 90; i++) {
                assertThat(send(connection, i)).isTrue();
              }
              assertThat(connection.outboxBytes()).isPositive();
              assertThat(recorder.first().awaitClose().kind())
                  .as("%s", policy)
                  .isEqualTo(Kind.SLOW_CONSUMER);
              assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                  .isBetween(age, age.plus(Await.PATIENCE));
              peer.receiveToEndOrReset();
            }
            recorder.assertSound();
          });
    }
  }

  /** A peer that reads in time is no slow consumer, however much it is sent. */
  @EveryModel
  void thePeerThatReadsIsNotDisconnectedForAge(IoModel model) throws Exception {
    Duration age = Duration.ofMillis(300);
    OnTime.within(
        age.dividedBy(2),
        pulse -> {
          Recorder recorder = Recorder.silent();
          try (Server server =
                  start(model, recorder, limits(SlowConsumerPolicy.DISCONNECT).withAge(age));
              Peer peer = Peer.connectWithSmallBuffer(server)) {
            Connection connection = recorder.first().connection();
            long untilNanos = System.nanoTime() + 2 * age.toNanos();
            for (int i = 0; System.nanoTime() - untilNanos < 0; i += 50) {
              for (int n = 0; n < 50; n++) {
                assertThat(send(connection, i + n)).isTrue();
              }
              assertThat(numbers(Numbered.read(peer.input(), 50))).startsWith(i);
              pulse.beat();
            }
            Await.until("all is taken", () -> connection.outboxBytes() == 0);
            Await.during(age.plusMillis(100), "open", connection::isOpen);
          }
          recorder.assertSound();
        });
  }

  /** One call of a handler may send more than the limit, as long as the kernel takes it. */
  @EveryModel
  void theLimitCountsWhatWaitsNotWhatTheKernelTakes(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              for (int i = 0; i < 40; i++) {
                if (!send(connection, i)) {
                  throw new AssertionError("refused number " + i);
                }
              }
            });
    OutboxLimits small = limits(SlowConsumerPolicy.DISCONNECT).withBytes(4 * MESSAGE_BYTES);
    try (Server server = Servers.recorded(model, recorder).outbox(small).start();
        Peer peer = Peer.connect(server)) {
      for (int round = 0; round < 3; round++) {
        peer.send("go");
        assertThat(numbers(Numbered.read(peer.input(), 40)))
            .isEqualTo(IntStream.range(0, 40).boxed().toList());
      }
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  private static void sendForty(Connection connection, ByteBuffer request) {
    int sent = 0;
    while (sent < 40 && send(connection, sent)) {
      sent++;
    }
  }

  /**
   * The first turn may be on another thread than those that follow, such as the one that accepts.
   */
  @EveryModel
  void theLimitIsTheSameInTheFirstTurn(IoModel model) throws Exception {
    OutboxLimits small = limits(SlowConsumerPolicy.DISCONNECT).withBytes(4 * MESSAGE_BYTES);
    try (Server server =
        Server.tcp(0, () -> OutboxConformance::sendForty).model(model).outbox(small).start()) {
      for (int i = 0; i < 300; i++) {
        try (Peer peer = Peer.connect(server)) {
          peer.send("go");
          assertThat(numbers(Numbered.read(peer.input(), 40)))
              .isEqualTo(IntStream.range(0, 40).boxed().toList());
        }
      }
    }
  }

  @EveryModel
  void theSameForTheLimitInMessages(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              for (int i = 0; i < 40; i++) {
                if (!send(connection, i)) {
                  throw new AssertionError("refused number " + i);
                }
              }
            });
    OutboxLimits small = limits(SlowConsumerPolicy.DISCONNECT).withMessages(4);
    try (Server server = Servers.recorded(model, recorder).outbox(small).start();
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      assertThat(numbers(Numbered.read(peer.input(), 40)))
          .isEqualTo(IntStream.range(0, 40).boxed().toList());
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  /** Larger than the whole limit: taken and delivered whole, or refused and not begun. */
  @EveryModel
  void aMessageBeyondTheLimitIsTakenWholeOrNotAtAll(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = start(model, recorder, limits(SlowConsumerPolicy.DROP_NEWEST));
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      boolean taken = connection.send(new Numbered(0, 1, 5 * LIMIT_BYTES).encoded());
      boolean next = connection.send(new Numbered(0, 2, 100).encoded());
      connection.close();
      List<Integer> expected = new ArrayList<>();
      if (taken) {
        expected.add(1);
      }
      if (next) {
        expected.add(2);
      }
      assertThat(numbers(Numbered.readToEnd(peer.input()))).isEqualTo(expected);
    }
    recorder.assertSound();
  }
}
