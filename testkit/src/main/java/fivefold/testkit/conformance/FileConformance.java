package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.FileRegion;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.SlowConsumerPolicy;
import fivefold.net.StreamHandler;
import fivefold.net.style.Conversation;
import fivefold.net.tls.TlsIdentity;
import fivefold.net.tls.TlsServer;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Leftovers;
import fivefold.testkit.Pattern;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import fivefold.testkit.TlsPeer;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

/** A part of a file is a message like any other, only that it is long and not in memory. */
public class FileConformance {
  private static final int LARGE_BYTES = 20_000_000;
  private static final int SMALL_BYTES = 300_000;
  private static final TlsIdentity IDENTITY = TlsIdentity.selfSigned();

  @TempDir Path folder;

  /** Does this with whatever comes. */
  private interface Answer {
    void to(Connection connection) throws Exception;
  }

  private record Answering(Answer answer) implements StreamHandler {
    @Override
    public void onReceive(Connection connection, ByteBuffer data) throws Exception {
      answer.to(connection);
    }
  }

  private static Recorder answering(Answer answer) {
    return new Recorder(() -> new Answering(answer));
  }

  private Path file(int bytes) throws IOException {
    return Files.write(folder.resolve("sent-" + bytes), new Pattern(7).bytes(0, bytes));
  }

  /** Looked at by name: the JDK opens things of its own when a model first runs. */
  private void awaitClosedFiles() {
    Await.until("no file left open", () -> Leftovers.openFilesIn(folder).isEmpty());
  }

  private static void checkNext(InputStream from, long offset, int bytes) throws IOException {
    byte[] chunk = new byte[65_536];
    for (int left = bytes; left > 0; ) {
      int count = from.readNBytes(chunk, 0, Math.min(left, chunk.length));
      assertThat(count).as("bytes before the end, " + left + " missing").isPositive();
      new Pattern(7).check(offset + bytes - left, ByteBuffer.wrap(chunk, 0, count));
      left -= count;
    }
  }

  @EveryModel
  void aConversationWritesOneInItsTurn(IoModel model) throws Exception {
    Path file = file(SMALL_BYTES);
    Recorder recorder =
        new Recorder(() ->
            Conversation.of(peer -> {
              peer.readLine();
              peer.writeLine("before");
              peer.write(FileRegion.of(file));
              assertThatThrownBy(() -> peer.write(FileRegion.of(folder.resolve("missing"))))
                  .isInstanceOf(NoSuchFileException.class);
              peer.writeLine("between");
              peer.write(FileRegion.of(file, SMALL_BYTES - 10, 10));
              peer.writeLine("after");
            }));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("go\n");
      assertThat(peer.receiveText(7)).isEqualTo("before\n");
      new Pattern(7).check(0, ByteBuffer.wrap(peer.receive(SMALL_BYTES)));
      assertThat(peer.receiveText(8)).isEqualTo("between\n");
      new Pattern(7).check(SMALL_BYTES - 10, ByteBuffer.wrap(peer.receive(10)));
      assertThat(peer.receiveTextToEnd()).isEqualTo("after\n");
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
    awaitClosedFiles();
  }

  @EveryModel
  void comesWholeAndInItsTurn(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    AtomicLong told = new AtomicLong();
    AtomicLong toldEmpty = new AtomicLong(-1);
    Recorder recorder =
        answering(connection -> {
          connection.send("before ");
          boolean taken =
              connection.send(
                  FileRegion.of(file)
                      .withProgress((sentBytes, ofBytes) -> {
                        assertThat(ofBytes).isEqualTo(LARGE_BYTES);
                        assertThat(sentBytes).isGreaterThan(told.get());
                        told.set(sentBytes);
                      }));
          assertThat(taken).isTrue();
          assertThat(connection.outboxBytes()).isLessThan(10_000);
          connection.send(" between ");
          connection.send(
              FileRegion.of(file, LARGE_BYTES, FileRegion.TO_END)
                  .withProgress((_, ofBytes) -> toldEmpty.set(ofBytes)));
          connection.send(FileRegion.of(file, 1_234_567, 1_000_000));
          connection.send(" after");
          connection.send("");
          connection.shutdownOutput();
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      assertThat(peer.receiveText(7)).isEqualTo("before ");
      checkNext(peer.input(), 0, LARGE_BYTES);
      assertThat(peer.receiveText(9)).isEqualTo(" between ");
      checkNext(peer.input(), 1_234_567, 1_000_000);
      assertThat(peer.receiveTextToEnd()).isEqualTo(" after");
      Await.until("all is told", () -> told.get() == LARGE_BYTES && toldEmpty.get() == 0);
      peer.halfClose();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
    }
    recorder.assertSound();
    awaitClosedFiles();
  }

  @EveryModel
  void comesWholeBeforeTheClose(IoModel model) throws Exception {
    Path file = file(SMALL_BYTES);
    AtomicLong told = new AtomicLong();
    Recorder recorder =
        answering(connection -> {
          connection.send(FileRegion.of(file).withProgress((sentBytes, _) -> told.set(sentBytes)));
          connection.close();
        });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      byte[] all = peer.receiveToEnd();
      assertThat(all).hasSize(SMALL_BYTES);
      new Pattern(7).check(0, ByteBuffer.wrap(all));
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.LOCAL_CLOSE);
      assertThat(told).hasValue(SMALL_BYTES);
    }
    recorder.assertSound();
  }

  @EveryModel
  void goesToManyAtOnce(IoModel model) throws Exception {
    Path file = file(SMALL_BYTES);
    Recorder recorder =
        answering(connection -> {
          connection.send(FileRegion.of(file));
          connection.send(".");
        });
    try (Server server = Servers.start(model, recorder);
        Crew crew = new Crew()) {
      for (int i = 0; i < 20; i++) {
        crew.start(() -> {
          try (Peer peer = Peer.connect(server)) {
            for (int n = 0; n < 3; n++) {
              peer.send("go");
              checkNext(peer.input(), 0, SMALL_BYTES);
              assertThat(peer.receiveText(1)).isEqualTo(".");
            }
          }
        });
      }
      crew.join();
    }
    recorder.assertSound();
    awaitClosedFiles();
  }

  @EveryModel
  void fromAnotherThreadWhileThePeerIsSilent(IoModel model) throws Exception {
    Path file = file(SMALL_BYTES);
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Connection connection = recorder.first().connection();
      assertThat(connection.send(FileRegion.of(file))).isTrue();
      assertThat(connection.send("after")).isTrue();
      checkNext(peer.input(), 0, SMALL_BYTES);
      assertThat(peer.receiveText(5)).isEqualTo("after");
    }
    recorder.assertSound();
  }

  @EveryModel
  void whatCannotBeOpenedIsSaidAtOnce(IoModel model) throws Exception {
    Path file = file(1_000);
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Connection connection = recorder.first().connection();
      assertThatThrownBy(() -> connection.send(FileRegion.of(folder.resolve("none"))))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> connection.send(FileRegion.of(folder)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not a regular file");
      assertThatThrownBy(() -> connection.send(FileRegion.of(file, 500, 501)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("shorter");
      assertThatThrownBy(() -> connection.send(FileRegion.of(file, 1_001, FileRegion.TO_END)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("shorter");
      assertThat(peer.echoes("still here")).isTrue();
      connection.close();
      recorder.first().awaitClose();
      assertThat(connection.send(FileRegion.of(file))).isFalse();
    }
    awaitClosedFiles();
  }

  @EveryModel
  void aFileThatIsCutShortEndsTheConnection(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    Recorder recorder = answering(connection -> connection.send(FileRegion.of(file)));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("go");
      checkNext(peer.input(), 0, 1_000);
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(2_000);
      }
      assertThat(peer.receiveToEndOrReset()).hasSizeLessThan(LARGE_BYTES - 1_000);
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.IO_ERROR);
      assertThat(recorder.first().awaitClose().detail()).contains("cut short");
    }
    awaitClosedFiles();
  }

  @EveryModel
  void anAbortInTheMiddleClosesTheFile(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    Recorder recorder = answering(connection -> connection.send(FileRegion.of(file)));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("go");
      checkNext(peer.input(), 0, 1_000);
      recorder.first().connection().abort();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.ABORTED);
    }
    recorder.assertSound();
    awaitClosedFiles();
  }

  @EveryModel
  void aResetByThePeerClosesTheFile(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    Recorder recorder = answering(connection -> connection.send(FileRegion.of(file)));
    try (Server server = Servers.start(model, recorder)) {
      try (Peer peer = Peer.connectWithSmallBuffer(server)) {
        peer.send("go");
        checkNext(peer.input(), 0, 1_000);
        peer.reset();
      }
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_RESET);
      awaitClosedFiles();
    }
    recorder.assertSound();
  }

  @EveryModel
  void aServerThatStopsSendsItToTheEnd(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    Recorder recorder = answering(connection -> connection.send(FileRegion.of(file)));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connectWithSmallBuffer(server);
        Crew crew = new Crew()) {
      peer.send("go");
      checkNext(peer.input(), 0, 1_000);
      crew.start(() -> server.stop(Duration.ofSeconds(30)));
      checkNext(peer.input(), 1_000, LARGE_BYTES - 1_000);
      assertThat(peer.receiveToEnd()).isEmpty();
      crew.join();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SERVER_STOPPED);
    }
    recorder.assertSound();
    awaitClosedFiles();
  }

  @EveryModel
  void aServerWithoutPatienceClosesTheFile(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    Recorder recorder = answering(connection -> connection.send(FileRegion.of(file)));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("go");
      checkNext(peer.input(), 0, 1_000);
      server.stop(Duration.ofMillis(100));
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SERVER_STOPPED);
      awaitClosedFiles();
    }
    recorder.assertSound();
  }

  /** The age limit and the idle timeout are both shorter than the whole takes. */
  @EveryModel
  void aPeerThatReadsSlowlyIsNoSlowConsumerWhileItReads(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES / 2);
    Recorder recorder =
        answering(connection -> {
          connection.send(FileRegion.of(file));
          connection.send("after");
        });
    Duration limit = Duration.ofMillis(1_500);
    try (Server server =
            Servers.recorded(model, recorder)
                .outbox(OutboxLimits.DEFAULT.withAge(limit))
                .idleTimeout(limit)
                .start();
        Peer peer = Peer.connect(server)) {
      peer.socket().setReceiveBufferSize(65_536);
      peer.send("go");
      long beganNanos = System.nanoTime();
      int steps = 25;
      for (int i = 0; i < steps; i++) {
        int bytes = LARGE_BYTES / 2 / steps;
        checkNext(peer.input(), (long) i * bytes, bytes);
        // A peer that does nothing is the subject: this is its pace, and no waiting for a
        // condition.
        Await.during(Duration.ofMillis(80), "it stays open", () -> !recorder.first().isClosed());
      }
      assertThat(peer.receiveText(5)).isEqualTo("after");
      assertThat(System.nanoTime() - beganNanos).isGreaterThan(limit.toNanos());
    }
    recorder.assertSound();
  }

  @EveryModel
  void aPeerThatDoesNotReadIsASlowConsumer(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    Recorder recorder = answering(connection -> connection.send(FileRegion.of(file)));
    try (Server server =
            Servers.recorded(model, recorder)
                .outbox(OutboxLimits.DEFAULT.withAge(Duration.ofMillis(500)))
                .start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("go");
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SLOW_CONSUMER);
    }
    awaitClosedFiles();
  }

  @EveryModel
  void isDroppedWholeAndBeforeItBeganOnly(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    Recorder recorder = Recorder.silent();
    OutboxLimits limits =
        OutboxLimits.DEFAULT.withMessages(3).withPolicy(SlowConsumerPolicy.DROP_OLDEST);
    try (Server server = Servers.recorded(model, recorder).outbox(limits).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      Connection connection = recorder.first().connection();
      assertThat(connection.send(FileRegion.of(file))).isTrue();
      checkNext(peer.input(), 0, 1_000);
      for (int i = 0; i < 10; i++) {
        assertThat(connection.send(FileRegion.of(file, 100L * i, 100))).isTrue();
      }
      connection.close();
      checkNext(peer.input(), 1_000, LARGE_BYTES - 1_000);
      checkNext(peer.input(), 800, 200);
      assertThat(peer.receiveToEnd()).isEmpty();
    }
    recorder.assertSound();
    awaitClosedFiles();
  }

  @EveryModel
  void byTlsItIsEncryptedInItsTurn(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES / 4);
    AtomicLong told = new AtomicLong();
    Recorder recorder =
        answering(connection -> {
          connection.send("before ");
          connection.send(FileRegion.of(file).withProgress((sentBytes, _) -> told.set(sentBytes)));
          connection.send(" between ");
          connection.send(FileRegion.of(file, 1_000, 100_000));
          connection.send(" after");
          connection.close();
        });
    for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
      try (Server server = Servers.recorded(model, recorder).layer(TlsServer.of(IDENTITY)).start();
          TlsPeer peer = TlsPeer.connect(server, TlsPeer.context(IDENTITY, null), protocol)) {
        peer.send("go");
        assertThat(peer.receiveText(7)).isEqualTo("before ");
        new Pattern(7).check(0, ByteBuffer.wrap(peer.receive(LARGE_BYTES / 4)));
        assertThat(peer.receiveText(9)).isEqualTo(" between ");
        byte[] rest = peer.receiveToEnd();
        new Pattern(7).check(1_000, ByteBuffer.wrap(Arrays.copyOf(rest, 100_000)));
        assertThat(rest).hasSize(100_006).endsWith(" after".getBytes(StandardCharsets.UTF_8));
        Await.until("all is told", () -> told.getAndSet(0) == LARGE_BYTES / 4);
      }
    }
    recorder.assertSound();
    awaitClosedFiles();
  }

  @EveryModel
  void byTlsAnAbortInTheMiddleClosesTheFile(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    Recorder recorder = answering(connection -> connection.send(FileRegion.of(file)));
    try (Server server = Servers.recorded(model, recorder).layer(TlsServer.of(IDENTITY)).start();
        TlsPeer peer = TlsPeer.connect(server, TlsPeer.context(IDENTITY, null), "TLSv1.3")) {
      peer.send("go");
      new Pattern(7).check(0, ByteBuffer.wrap(peer.receive(1_000)));
      recorder.first().connection().abort();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.ABORTED);
      awaitClosedFiles();
    }
    recorder.assertSound();
  }

  @EveryModel
  void byTlsWhatWaitsBehindAFileIsBounded(IoModel model) throws Exception {
    Path file = file(LARGE_BYTES);
    Recorder recorder =
        answering(connection -> {
          connection.send(FileRegion.of(file));
          int messages = 0;
          while (connection.isOpen() && messages++ < 1_000) {
            connection.send("behind");
          }
        });
    try (Server server =
            Servers.recorded(model, recorder)
                .outbox(OutboxLimits.DEFAULT.withMessages(100))
                .layer(TlsServer.of(IDENTITY))
                .start();
        TlsPeer peer = TlsPeer.connect(server, TlsPeer.context(IDENTITY, null), "TLSv1.3")) {
      peer.send("go");
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SLOW_CONSUMER);
      awaitClosedFiles();
    }
    recorder.assertSound();
  }
}
