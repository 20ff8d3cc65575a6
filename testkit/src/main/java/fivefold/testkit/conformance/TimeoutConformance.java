package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.testkit.Await;
import fivefold.testkit.EveryModel;
import fivefold.testkit.OnTime;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording;
import fivefold.testkit.Servers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Idle connections and scheduled tasks. */
public class TimeoutConformance {
  private static final Duration IDLE = Duration.ofMillis(250);

  /** For a peer that must not be late: a busy machine makes everybody wait. */
  private static final Duration LONGER_IDLE = Duration.ofMillis(800);

  private static Server start(IoModel model, Recorder recorder) throws Exception {
    return Servers.recorded(model, recorder).idleTimeout(IDLE).start();
  }

  @EveryModel
  void aSilentConnectionIsClosed(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = start(model, recorder)) {
      long beforeNanos = System.nanoTime();
      try (Peer peer = Peer.connect(server)) {
        assertThat(peer.receiveToEnd()).isEmpty();
        assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.IDLE_TIMEOUT);
        assertThat(Duration.ofNanos(System.nanoTime() - beforeNanos))
            .isBetween(IDLE, IDLE.plus(Await.PATIENCE));
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void oneThatFallsSilentIsClosed(IoModel model) throws Exception {
    OnTime.within(
        IDLE.dividedBy(2),
        pulse -> {
          Recorder recorder = Recorder.echoing();
          try (Server server = start(model, recorder);
              Peer peer = Peer.connect(server)) {
            pulse.beat();
            assertThat(peer.echoes("hello")).isTrue();
            assertThat(peer.receiveToEnd()).isEmpty();
            assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.IDLE_TIMEOUT);
          }
          recorder.assertSound();
        });
  }

  @EveryModel
  void aSilentConnectionDoesNotTakeOthersAlong(IoModel model) throws Exception {
    OnTime.within(
        LONGER_IDLE.dividedBy(2),
        pulse -> {
          Recorder recorder = Recorder.echoing();
          try (Server server = Servers.recorded(model, recorder).idleTimeout(LONGER_IDLE).start();
              Peer silent = Peer.connect(server)) {
            Recording first = recorder.first();
            try (Peer lively = Peer.connect(server)) {
              moveUntil(first::isClosed, () -> lively.echoes("still here"), pulse);
              assertThat(lively.echoes("and after")).isTrue();
            }
            assertThat(silent.receiveToEnd()).isEmpty();
            assertThat(first.awaitClose().kind()).isEqualTo(Kind.IDLE_TIMEOUT);
          }
          recorder.assertSound();
        });
  }

  @EveryModel
  void sendingCountsAsMoving(IoModel model) throws Exception {
    OnTime.within(
        LONGER_IDLE.dividedBy(2),
        pulse -> {
          Recorder recorder = Recorder.silent();
          try (Server server = Servers.recorded(model, recorder).idleTimeout(LONGER_IDLE).start();
              Peer peer = Peer.connect(server)) {
            Connection connection = recorder.first().connection();
            long untilNanos = System.nanoTime() + LONGER_IDLE.toNanos() * 3 / 2;
            moveUntil(
                () -> System.nanoTime() - untilNanos > 0,
                () -> connection.send("x") && peer.receiveText(1).equals("x"),
                pulse);
            assertThat(recorder.first().isClosed()).isFalse();
          }
          recorder.assertSound();
        });
  }

  private static void moveUntil(Callable<Boolean> over, Callable<Boolean> move, OnTime pulse)
      throws Exception {
    while (!over.call()) {
      boolean moved = move.call();
      pulse.beat();
      assertThat(moved).isTrue();
    }
  }

  @EveryModel
  void aHalfClosedConnectionIsIdleToo(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            new StreamHandler() {
              @Override
              public void onReceive(Connection connection, ByteBuffer data) {}

              @Override
              public void onEnd(Connection connection) {}
            });
    try (Server server = start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.halfClose();
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.IDLE_TIMEOUT);
    }
    recorder.assertSound();
  }

  @EveryModel
  void aPausedConnectionIsIdleToo(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> (connection, data) -> connection.pauseReading());
    try (Server server = start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      peer.receiveToEndOrReset();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.IDLE_TIMEOUT);
    }
    recorder.assertSound();
  }

  /** What waits for a peer that reads nothing cannot be sent first. */
  @EveryModel
  void idleWithAnOutboxThatIsFull(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() -> (connection, data) -> connection.send(ByteBuffer.allocate(900_000)));
    try (Server server =
            Servers.recorded(model, recorder).sendBufferBytes(8192).idleTimeout(IDLE).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("x");
      assertThat(recorder.first().awaitClose().kind()).isIn(Kind.IDLE_TIMEOUT, Kind.SLOW_CONSUMER);
      peer.receiveToEndOrReset();
    }
    recorder.assertSound();
  }

  @EveryModel
  void zeroIsNever(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.recorded(model, recorder).idleTimeout(Duration.ZERO).start();
        Peer peer = Peer.connect(server)) {
      Connection connection = recorder.first().connection();
      Await.during(IDLE, "open", connection::isOpen);
      assertThat(peer.echoes("still here")).isTrue();
    }
  }

  @EveryModel
  void aScheduledTaskRunsOnceAndNotBeforeItsTime(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      AtomicInteger ran = new AtomicInteger();
      AtomicLong earlyNanos = new AtomicLong(Long.MIN_VALUE);
      Recording recording = recorder.first();
      int count = 0;
      for (int millis : new int[] {0, 1, 5, 20, 50, 100, 130}) {
        count++;
        long dueNanos = System.nanoTime() + millis * 1_000_000L;
        recording
            .connection()
            .schedule(
                Duration.ofMillis(millis),
                recording.guarded(() -> {
                  earlyNanos.accumulateAndGet(dueNanos - System.nanoTime(), Math::max);
                  ran.incrementAndGet();
                }));
      }
      int expected = count;
      Await.until("all ran", () -> ran.get() == expected);
      assertThat(earlyNanos.get()).as("nanoseconds too early").isNotPositive();
      Await.during(Duration.ofMillis(50), "once each", () -> ran.get() == expected);
      assertThat(peer.socket().isClosed()).isFalse();
    }
    recorder.assertSound();
  }

  @EveryModel
  void scheduledTasksRunInTheOrderOfTheirTimes(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.schedule(Duration.ofMillis(90), () -> connection.send("3"));
              connection.schedule(Duration.ofMillis(10), () -> connection.send("1"));
              connection.schedule(Duration.ofMillis(50), () -> connection.send("2"));
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      assertThat(peer.receiveText(3)).isEqualTo("123");
    }
    recorder.assertSound();
  }

  @EveryModel
  void manyTimersFireAndWhatATimerSendsLeaves(IoModel model) throws Exception {
    int timers = 2000;
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              for (int i = 0; i < timers; i++) {
                connection.schedule(Duration.ofNanos(i * 50_000L), () -> connection.send("."));
              }
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      assertThat(peer.receiveText(timers)).isEqualTo(".".repeat(timers));
    }
    recorder.assertSound();
  }

  @EveryModel
  void noTaskRunsOnAConnectionThatHasClosed(IoModel model) throws Exception {
    List<String> late = Collections.synchronizedList(new ArrayList<>());
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.schedule(Duration.ofMillis(30), () -> late.add("scheduled"));
              connection.close();
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      assertThat(peer.receiveToEnd()).isEmpty();
      recorder.first().awaitClose();
      recorder.first().connection().schedule(Duration.ofMillis(1), () -> late.add("after"));
      Await.during(Duration.ofMillis(100), "no task runs", late::isEmpty);
    }
    recorder.assertSound();
  }
}
