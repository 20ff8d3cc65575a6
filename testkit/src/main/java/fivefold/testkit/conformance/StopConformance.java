package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.StopReport;
import fivefold.net.StreamHandler;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Leftovers;
import fivefold.testkit.Pattern;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording;
import fivefold.testkit.Servers;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stop accepting, drain, deadline, abort, report: the same phases on every model. */
public class StopConformance {
  private static final Duration LONG = Duration.ofSeconds(8);

  /** A stop that waits without a reason waits for all of it. */
  private static final Duration NOT_THE_WHOLE = LONG.dividedBy(2);

  private static final int MUCH_BYTES = 6_000_000;
  private static final OutboxLimits ROOMY = OutboxLimits.DEFAULT.withBytes(16 << 20);

  /** Sends much on the first bytes it gets. */
  private static Recorder sendingMuch() {
    return new Recorder(() ->
        (connection, data) -> {
          if (!connection.send(ByteBuffer.wrap(new Pattern(1).bytes(0, MUCH_BYTES)))) {
            throw new AssertionError("refused");
          }
        });
  }

  private static Duration took(StopReport report) {
    return Duration.ofNanos(report.tookNanos());
  }

  /** The best of many, since the machine may be busy with something else. */
  @EveryModel
  void withNothingToDrainItTakesNoTime(IoModel model) throws Exception {
    Duration noTime = Duration.ofMillis(100);
    Duration best = LONG;
    for (int i = 0; i < 20 && best.compareTo(noTime) >= 0; i++) {
      Server server = Servers.start(model, Recorder.echoing());
      try (Peer peer = Peer.connect(server)) {
        assertThat(peer.echoes("x")).isTrue();
      }
      Await.until("nothing is open", () -> server.stats().open() == 0);
      StopReport report = server.stop(LONG);
      assertThat(report.drained()).isZero();
      assertThat(report.aborted()).isZero();
      assertThat(report.lostBytes()).isZero();
      best = took(report).compareTo(best) < 0 ? took(report) : best;
    }
    assertThat(best).isLessThan(noTime);
  }

  @EveryModel
  void idleConnectionsAreClosedAtOnce(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    Server server = Servers.start(model, recorder);
    try (server;
        Peer one = Peer.connect(server);
        Peer two = Peer.connect(server)) {
      assertThat(one.echoes("x")).isTrue();
      assertThat(two.echoes("x")).isTrue();
      StopReport report = server.stop(LONG);
      assertThat(report.drained()).isEqualTo(2);
      assertThat(report.aborted()).isZero();
      assertThat(took(report)).isLessThan(NOT_THE_WHOLE);
      assertThat(one.receiveToEnd()).isEmpty();
      assertThat(two.receiveToEnd()).isEmpty();
    }
    assertThat(recorder.recordings())
        .allMatch(recording -> recording.awaitClose().kind() == Kind.SERVER_STOPPED);
    recorder.assertSound();
  }

  @EveryModel
  void whatWasAcceptedIsDelivered(IoModel model) throws Exception {
    Recorder recorder = sendingMuch();
    try (Server server =
            Servers.recorded(model, recorder).outbox(ROOMY).sendBufferBytes(8192).start();
        Peer peer = Peer.connectWithSmallBuffer(server);
        Crew crew = new Crew()) {
      peer.send("x");
      peer.receive(1);
      CompletableFuture<StopReport> report = new CompletableFuture<>();
      crew.start(() -> report.complete(server.stop(LONG)));
      byte[] rest = peer.receiveToEnd();
      assertThat(rest).hasSize(MUCH_BYTES - 1);
      new Pattern(1).check(1, ByteBuffer.wrap(rest));
      assertThat(report.get(10, TimeUnit.SECONDS))
          .extracting(StopReport::drained, StopReport::aborted, StopReport::lostBytes)
          .containsExactly(1, 0, 0L);
    }
    recorder.assertSound();
  }

  /** A request that has reached the machine before the stop is answered. */
  @EveryModel
  void whatHasArrivedIsHandled(IoModel model) throws Exception {
    for (int round = 0; round < 20; round++) {
      Recorder recorder = Recorder.echoing();
      Server server = Servers.start(model, recorder);
      try (server;
          Peer peer = Peer.connect(server)) {
        assertThat(peer.echoes("warm")).isTrue();
        peer.send("last request");
        server.stop(LONG);
        assertThat(peer.receiveTextToEnd()).as("round %d", round).isEqualTo("last request");
      }
      recorder.assertSound();
    }
  }

  /** Once more with more time, should a busy machine have been too slow for the quick one too. */
  @EveryModel
  void theDeadlineAbortsAndReportsWhatIsLost(IoModel model) throws Exception {
    try {
      abortsAtTheDeadline(model, Duration.ofMillis(300));
    } catch (AssertionError e) {
      abortsAtTheDeadline(model, Duration.ofSeconds(4));
    }
  }

  private static void abortsAtTheDeadline(IoModel model, Duration drain) throws Exception {
    Recorder recorder = sendingMuch();
    Server server = Servers.recorded(model, recorder).outbox(ROOMY).sendBufferBytes(8192).start();
    try (server;
        Peer deaf = Peer.connectWithSmallBuffer(server);
        Peer quick = Peer.connectWithSmallBuffer(server)) {
      deaf.send("x");
      deaf.receive(1);
      recorder.connection(1);
      StopReport report = server.stop(drain);
      assertThat(report.aborted()).isEqualTo(1);
      assertThat(report.drained()).isEqualTo(1);
      assertThat(report.lostBytes()).isBetween(1_000_000L, (long) MUCH_BYTES);
      assertThat(took(report)).isBetween(drain, drain.plus(LONG));
      byte[] received = deaf.receiveToEndOrReset();
      assertThat(received.length).isLessThan(MUCH_BYTES - 1);
      assertThat(quick.receiveToEndOrReset()).isEmpty();
    }
    assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SERVER_STOPPED);
    recorder.assertSound();
  }

  /** Also the little that no outbox holds, where a worker waits in its write. */
  @EveryModel
  void whatIsBeingWrittenIsLostToo(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() -> (connection, data) -> connection.send(ByteBuffer.allocate(12_000)));
    Server server = Servers.recorded(model, recorder).sendBufferBytes(8192).start();
    try (server;
        Peer deaf = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      AtomicInteger looks = new AtomicInteger();
      Await.until(
          "what was sent waits, and not for a moment only",
          () -> {
            if (connection.outboxBytes() > 0) {
              return looks.incrementAndGet() == 20;
            }
            looks.set(0);
            deaf.send("x");
            return false;
          });
      StopReport report = server.stop(Duration.ZERO);
      assertThat(report.aborted()).isEqualTo(1);
      assertThat(report.lostBytes()).isPositive();
      deaf.receiveToEndOrReset();
    }
    recorder.assertSound();
  }

  @EveryModel
  void withNoTimeToDrainItAbortsAtOnce(IoModel model) throws Exception {
    Recorder recorder = sendingMuch();
    Server server = Servers.recorded(model, recorder).outbox(ROOMY).sendBufferBytes(8192).start();
    try (server;
        Peer deaf = Peer.connectWithSmallBuffer(server)) {
      deaf.send("x");
      deaf.receive(1);
      StopReport report = server.stop(Duration.ZERO);
      assertThat(report.aborted()).isEqualTo(1);
      assertThat(report.drained()).isZero();
      assertThat(report.lostBytes()).isPositive();
      assertThat(took(report)).isLessThan(NOT_THE_WHOLE);
      deaf.receiveToEndOrReset();
    }
    assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SERVER_STOPPED);
    recorder.assertSound();
  }

  @EveryModel
  void pausedAndHalfClosedConnectionsDoNotHoldItUp(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            new StreamHandler() {
              @Override
              public void onReceive(Connection connection, ByteBuffer data) {
                connection.pauseReading();
              }

              @Override
              public void onEnd(Connection connection) {}
            });
    Server server = Servers.start(model, recorder);
    try (server;
        Peer paused = Peer.connect(server);
        Peer ended = Peer.connect(server)) {
      paused.send("x");
      recorder.connection(0).awaitReceived(1);
      ended.halfClose();
      Await.until("the end is told", () -> recorder.connection(1).has(Recording.Call.END));
      StopReport report = server.stop(LONG);
      assertThat(report.aborted()).isZero();
      assertThat(took(report)).isLessThan(NOT_THE_WHOLE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void thePortIsFreeAfterwards(IoModel model) throws Exception {
    Server server = Servers.start(model, Recorder.echoing());
    int port = server.port();
    server.stop(LONG);
    assertThatThrownBy(() -> Peer.connect(server)).isInstanceOf(ConnectException.class);
    try (ServerSocket next = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(next.getLocalPort()).isEqualTo(port);
    }
  }

  @EveryModel
  void noOneIsAcceptedWhileItDrains(IoModel model) throws Exception {
    Recorder recorder = sendingMuch();
    try (Server server =
            Servers.recorded(model, recorder).outbox(ROOMY).sendBufferBytes(8192).start();
        Peer peer = Peer.connectWithSmallBuffer(server);
        Crew crew = new Crew()) {
      peer.send("x");
      peer.receive(1);
      crew.start(() -> server.stop(LONG));
      Await.until("connecting is refused", () -> isRefused(server));
      assertThat(recorder.first().isClosed()).isFalse();
      peer.receiveToEnd();
    }
    recorder.assertSound();
  }

  private static boolean isRefused(Server server) {
    try (Peer _ = Peer.connect(server)) {
      return false;
    } catch (IOException e) {
      return e instanceof ConnectException;
    }
  }

  @EveryModel
  void nothingIsLeftBehind(IoModel model) throws Exception {
    // The first server of a process opens what stays for all that follow.
    startAndStop(model);
    Leftovers before = Leftovers.before();
    for (int i = 0; i < 3; i++) {
      startAndStop(model);
    }
    before.awaitNone();
  }

  private static void startAndStop(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    Server server = Servers.recorded(model, recorder).loops(2).workers(3).start();
    try (server;
        Peer open = Peer.connect(server);
        Peer reset = Peer.connect(server)) {
      assertThat(open.echoes("x")).isTrue();
      assertThat(reset.echoes("x")).isTrue();
      reset.reset();
      recorder.first().connection().schedule(Duration.ofHours(1), () -> {});
      server.stop(LONG);
    }
  }

  @EveryModel
  void theSecondStopReturnsTheFirstOnesReport(IoModel model) throws Exception {
    Server server = Servers.start(model, Recorder.echoing());
    try (server;
        Peer peer = Peer.connect(server);
        Crew crew = new Crew()) {
      assertThat(peer.echoes("x")).isTrue();
      Set<StopReport> reports =
          Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
      for (int i = 0; i < 4; i++) {
        crew.start(() -> reports.add(server.stop(LONG)));
      }
      crew.join();
      reports.add(server.stop(Duration.ZERO));
      assertThat(reports).hasSize(1);
      server.awaitClose();
    }
  }

  @EveryModel
  void awaitCloseReturnsWhenStopped(IoModel model) throws Exception {
    Server server = Servers.start(model, Recorder.echoing());
    try (Crew crew = new Crew()) {
      crew.start(server::awaitClose);
      server.stop(LONG);
    }
  }

  /** It would wait for itself: it is told so at once, on every model, and what to do instead. */
  @EveryModel
  void aHandlerCannotWaitForTheStop(IoModel model) throws Exception {
    CompletableFuture<Server> self = new CompletableFuture<>();
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              try {
                self.get().stop(LONG);
              } catch (IllegalStateException e) {
                refused.complete(e);
              }
              connection.execute(() -> self.join().close());
            });
    Server server = Servers.start(model, recorder);
    self.complete(server);
    try (server;
        Peer peer = Peer.connect(server)) {
      peer.send("stop");
      assertThat(refused.get(5, TimeUnit.SECONDS))
          .hasMessageContaining("another thread")
          .hasMessageContaining("server::close");
      assertThat(recorder.first().awaitClose().kind())
          .as("thrown in a task")
          .isEqualTo(Kind.HANDLER_ERROR);
      assertThat(isRefused(server)).as("the server goes on").isFalse();
    }
    recorder.assertSound();
  }

  /** A service may have a command that stops it. */
  @EveryModel
  void aHandlerMayHaveItsServerStopped(IoModel model) throws Exception {
    CompletableFuture<Server> self = new CompletableFuture<>();
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.send("bye");
              Thread.startVirtualThread(self.get()::close);
            });
    Server server = Servers.start(model, recorder);
    self.complete(server);
    try (server;
        Peer peer = Peer.connect(server)) {
      peer.send("stop");
      assertThat(peer.receiveTextToEnd()).isEqualTo("bye");
      server.awaitClose();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SERVER_STOPPED);
    }
    recorder.assertSound();
  }

  /** One that waits for ever, and can be interrupted, must not keep the server from ending. */
  @EveryModel
  void aHandlerThatHangsDoesNotHoldItUp(IoModel model) throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              entered.countDown();
              never.await();
            });
    Server server = Servers.start(model, recorder);
    try (server;
        Peer peer = Peer.connect(server);
        Crew crew = new Crew()) {
      peer.send("x");
      entered.await();
      CompletableFuture<StopReport> report = new CompletableFuture<>();
      crew.start(() -> report.complete(server.stop(Duration.ofMillis(200))));
      try {
        assertThat(report.get(10, TimeUnit.SECONDS).aborted()).isEqualTo(1);
      } finally {
        never.countDown();
      }
    }
  }

  @EveryModel
  void manyConnectionsAreClosedInOrder(IoModel model) throws Exception {
    int count = 200;
    Recorder recorder = Recorder.echoing();
    Server server = Servers.recorded(model, recorder).workers(count).start();
    Peer[] peers = new Peer[count];
    try (server) {
      for (int i = 0; i < count; i++) {
        peers[i] = Peer.connect(server);
        assertThat(peers[i].echoes("x")).isTrue();
      }
      StopReport report = server.stop(LONG);
      assertThat(report.drained()).isEqualTo(count);
      assertThat(took(report)).isLessThan(NOT_THE_WHOLE);
      for (Peer peer : peers) {
        assertThat(peer.receiveToEnd()).isEmpty();
        peer.close();
      }
    }
    assertThat(recorder.closeReasons())
        .hasSize(count)
        .allMatch(reason -> reason.kind() == Kind.SERVER_STOPPED);
    recorder.assertSound();
  }
}
