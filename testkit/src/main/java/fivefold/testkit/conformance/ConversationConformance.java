package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.CloseReason.Kind;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.style.Conversation;
import fivefold.net.style.ConversationClosedException;
import fivefold.net.style.ConversationHandler;
import fivefold.net.style.DeadlineException;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Pattern;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a conversation's calls do, as its thread sees them. */
public class ConversationConformance {
  private static final int MUCH_BYTES = 6_000_000;

  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

  private Recorder talking(ConversationHandler handler) {
    return new Recorder(() -> Conversation.of(handler));
  }

  /** What the handler has told the test next. */
  private Object told() throws InterruptedException {
    @Nullable Object next = told.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the conversation has told nothing");
    }
    return next;
  }

  private static void echo(Conversation peer) throws IOException {
    for (ByteBuffer bytes = peer.read(); bytes != null; bytes = peer.read()) {
      peer.write(bytes);
    }
  }

  @EveryModel
  void readsAndWrites(IoModel model) throws Exception {
    Recorder recorder = talking(ConversationConformance::echo);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      for (int i = 0; i < 200; i++) {
        assertThat(peer.echoes("number " + i)).isTrue();
      }
      peer.halfClose();
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
    }
    recorder.assertSound();
    assertThat(recorder.failures()).isEmpty();
  }

  @EveryModel
  void linesComeWholeHoweverTheyArrive(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          for (String line = peer.readLine(20); line != null; line = peer.readLine(20)) {
            peer.writeLine("<" + line + ">");
          }
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      for (byte each : "one\r\n\n\u00fc two\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
        peer.send(new byte[] {each});
      }
      peer.send("three\nfour\n12345678901234567890\r\nlast").halfClose();
      assertThat(peer.receiveTextToEnd())
          .isEqualTo("<one>\n<>\n<\u00fc two>\n<three>\n<four>\n<12345678901234567890>\n<last>\n");
    }
    recorder.assertSound();
  }

  @EveryModel
  void aLineBeyondTheLimitIsTheFaultOfThePeer(IoModel model) throws Exception {
    Recorder recorder = talking(peer -> peer.readLine(20));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("123456789012345678901\n");
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
    }
    recorder.assertSound();
  }

  @EveryModel
  void exactlySoManyBytes(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          byte[] head = peer.readExactly(3);
          byte[] body = peer.readExactly(100_000);
          peer.write(head);
          peer.write(body);
          told.add("both");
          peer.readExactly(2);
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      byte[] all = new Pattern(3).bytes(0, 100_003);
      peer.send(all);
      assertThat(peer.receive(100_003)).isEqualTo(all);
      assertThat(told()).isEqualTo("both");
      peer.send("x").halfClose();
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void whatIsWrittenBeforeTheEndArrives(IoModel model) throws Exception {
    Recorder recorder = talking(peer -> peer.write(new Pattern(1).bytes(0, MUCH_BYTES)));
    try (Server server = Servers.recorded(model, recorder).sendBufferBytes(8192).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      byte[] answer = peer.receiveToEnd();
      assertThat(answer).hasSize(MUCH_BYTES);
      new Pattern(1).check(0, ByteBuffer.wrap(answer));
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.LOCAL_CLOSE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void afterTheEndOfInputItCanStillWrite(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          long count = 0;
          byte[] some = new byte[1000];
          for (int got = peer.read(some); got >= 0; got = peer.read(some)) {
            count += got;
          }
          if (peer.read() != null || peer.readLine() != null) {
            throw new AssertionError("read beyond the end");
          }
          peer.writeLine("received " + count);
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send(new byte[123_456]).halfClose();
      assertThat(peer.receiveTextToEnd()).isEqualTo("received 123456\n");
    }
    recorder.assertSound();
  }

  @EveryModel
  void ourSideCanEndFirst(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          peer.write("all I say");
          peer.shutdownOutput();
          told.add(String.valueOf(peer.readLine()));
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveTextToEnd()).isEqualTo("all I say");
      peer.send("good-bye\n");
      assertThat(told()).isEqualTo("good-bye");
    }
    recorder.assertSound();
  }

  @EveryModel
  void whatItThrowsClosesItsOwnConnection(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          if ("fail".equals(peer.readLine())) {
            throw new IllegalStateException("on purpose");
          }
          echo(peer);
        });
    try (Server server = Servers.start(model, recorder);
        Peer good = Peer.connect(server);
        Peer bad = Peer.connect(server)) {
      good.send("\n");
      bad.send("fail\n");
      assertThat(bad.receiveToEndOrReset()).isEmpty();
      assertThat(good.echoes("still here")).isTrue();
      Await.until("it is closed", () -> !recorder.closeReasons().isEmpty());
      assertThat(recorder.closeReasons().getFirst().kind()).isEqualTo(Kind.HANDLER_ERROR);
      assertThat(recorder.failures()).hasSize(1);
      assertThat(recorder.failures().getFirst()).hasMessage("on purpose");
    }
    recorder.assertSound();
  }

  @EveryModel
  void aDeadlineEndsAWaitAndTheConversationGoesOn(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          try (var _ = peer.within(Duration.ofMillis(50))) {
            peer.readLine();
          } catch (DeadlineException e) {
            peer.writeLine("late");
          }
          try (var _ = peer.within(Duration.ofHours(1))) {
            peer.writeLine("then: " + peer.readLine());
            try (var _ = peer.within(Duration.ofMillis(1));
                var _ = peer.within(Duration.ofHours(2))) {
              told.add(String.valueOf(peer.readLine()));
            }
          }
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveText(5)).isEqualTo("late\n");
      peer.send("now\n");
      assertThat(peer.receiveTextToEnd()).isEqualTo("then: now\n");
      // Uncaught it is no fault of the handler's.
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.IDLE_TIMEOUT);
      assertThat(recorder.failures()).isEmpty();
      assertThat(told).isEmpty();
    }
    recorder.assertSound();
  }

  @EveryModel
  void aDeadlineEndsAWriteThatNobodyReads(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          try (var _ = peer.within(Duration.ofMillis(200))) {
            while (true) {
              peer.write(new byte[100_000]);
            }
          } catch (DeadlineException e) {
            told.add(peer.connection().outboxBytes());
            peer.connection().abort();
          }
        });
    try (Server server = Servers.recorded(model, recorder).sendBufferBytes(8192).start();
        Peer _ = Peer.connectWithSmallBuffer(server)) {
      assertThat((Long) told()).isBetween(1L, 1L << 20);
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.ABORTED);
    }
    recorder.assertSound();
  }

  @EveryModel
  void cancellingInterruptsAWait(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          told.add(peer);
          try {
            peer.readLine();
          } catch (InterruptedIOException e) {
            peer.writeLine("interrupted");
            told.add(Thread.currentThread().isInterrupted());
            echo(peer);
          }
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Conversation conversation = (Conversation) told();
      conversation.cancel();
      assertThat(peer.receiveText(12)).isEqualTo("interrupted\n");
      assertThat(told()).isEqualTo(false);
      assertThat(peer.echoes("and goes on")).isTrue();
      conversation.cancel();
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().detail()).isEqualTo("cancelled");
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void aStopInTheMiddleOfARead(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          try {
            peer.writeLine("hello");
            peer.readLine();
            told.add("no end");
          } catch (ConversationClosedException e) {
            told.add(e.reason().kind());
          }
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveText(6)).isEqualTo("hello\n");
      assertThat(server.stop(Await.PATIENCE).aborted()).isZero();
      assertThat(told()).isEqualTo(Kind.SERVER_STOPPED);
      assertThat(peer.receiveToEndOrReset()).isEmpty();
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void anAbortInTheMiddleOfSomethingElse(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          try {
            peer.writeLine("hello");
            peer.flush();
            Thread.sleep(Duration.ofHours(1));
          } finally {
            told.add("its finally block");
          }
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveText(6)).isEqualTo("hello\n");
      server.stop(Duration.ZERO);
      assertThat(told()).isEqualTo("its finally block");
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void aResetIsTold(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          peer.writeLine("hello");
          try {
            echo(peer);
          } catch (ConversationClosedException e) {
            told.add(e.reason().kind());
            assertThatThrownBy(() -> peer.write("more"))
                .isInstanceOf(ConversationClosedException.class);
            told.add("refused");
          }
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveText(6)).isEqualTo("hello\n");
      peer.reset();
      assertThat(told()).isEqualTo(Kind.PEER_RESET);
      assertThat(told()).isEqualTo("refused");
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  /** What it does not read stays in the kernel, and the peer waits. */
  @EveryModel
  void aConversationThatDoesNotReadIsNotReadTo(IoModel model) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Recorder recorder =
        talking(peer -> {
          go.await();
          Pattern pattern = new Pattern(5);
          long at = 0;
          for (ByteBuffer bytes = peer.read(); bytes != null; bytes = peer.read()) {
            int count = bytes.remaining();
            pattern.check(at, bytes);
            at += count;
          }
          peer.writeLine("read " + at);
        });
    try (Server server = Servers.recorded(model, recorder).receiveBufferBytes(16 * 1024).start();
        Peer peer = Peer.connect(server);
        Crew crew = new Crew()) {
      crew.start(() -> peer.send(new Pattern(5).bytes(0, MUCH_BYTES)).halfClose());
      Await.until("some arrive", () -> server.stats().receivedBytes() >= 64 * 1024);
      Await.during(
          Duration.ofMillis(200), "few arrive", () -> server.stats().receivedBytes() <= 512 * 1024);
      go.countDown();
      assertThat(peer.receiveTextToEnd()).isEqualTo("read " + MUCH_BYTES + "\n");
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  /** Writing waits, and the outbox stays within its limit. */
  @EveryModel
  void aPeerThatDoesNotReadIsWaitedFor(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          Pattern pattern = new Pattern(7);
          for (int at = 0; at < MUCH_BYTES; at += 1000) {
            peer.write(pattern.bytes(at, 1000));
          }
        });
    try (Server server = Servers.recorded(model, recorder).sendBufferBytes(8192).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Await.until("some wait", () -> recorder.first().connection().outboxBytes() > 0);
      Await.during(
          Duration.ofMillis(100),
          "few wait",
          () -> recorder.first().connection().outboxBytes() <= 1 << 20);
      byte[] answer = peer.receiveToEnd();
      assertThat(answer).hasSize(MUCH_BYTES);
      new Pattern(7).check(0, ByteBuffer.wrap(answer));
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void whatWasReadStaysWhileItWaitsForSomethingElse(IoModel model) throws Exception {
    BlockingQueue<String> go = new LinkedBlockingQueue<>();
    Recorder recorder =
        talking(peer -> {
          ByteBuffer bytes = peer.read();
          if (bytes != null && bytes.get(bytes.position()) == '?') {
            told.add("read");
            go.take();
          }
          peer.write(java.util.Objects.requireNonNull(bytes));
          echo(peer);
        });
    try (Server server = Servers.start(model, recorder);
        Peer first = Peer.connect(server);
        Peer second = Peer.connect(server)) {
      first.send("? what came first");
      assertThat(told()).isEqualTo("read");
      for (int i = 0; i < 20; i++) {
        assertThat(second.echoes("something else in the same memory")).isTrue();
      }
      go.add("on");
      assertThat(first.receiveText(17)).isEqualTo("? what came first");
    }
    recorder.assertSound();
  }

  @EveryModel
  void readsDeepDown(IoModel model) throws Exception {
    Recorder recorder = talking(peer -> peer.writeLine("depth " + descend(peer, 1500)));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      for (int i = 0; i < 16; i++) {
        peer.send("x");
        assertThat(peer.receiveText(1)).isEqualTo(".");
      }
      peer.halfClose();
      assertThat(peer.receiveTextToEnd()).isEqualTo("depth 1500\n");
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  private static int descend(Conversation peer, int depth) throws IOException {
    if (depth > 0) {
      return 1 + descend(peer, depth - 1);
    }
    while (peer.read() != null) {
      peer.write(".");
    }
    return 0;
  }

  @EveryModel
  void theInputMayEndInTheMiddle(IoModel model) throws Exception {
    Recorder recorder =
        talking(peer -> {
          try {
            peer.readExactly(10);
          } catch (EOFException e) {
            peer.writeLine(String.valueOf(e.getMessage()));
          }
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("1234").halfClose();
      assertThat(peer.receiveTextToEnd()).isEqualTo("the input ended after 4 of 10 bytes\n");
    }
    recorder.assertSound();
  }
}
