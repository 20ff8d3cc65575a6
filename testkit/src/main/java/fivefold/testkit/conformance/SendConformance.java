package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Message;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Numbered;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** {@code send}: from any thread, in order, each message whole, and never blocking. */
public class SendConformance {
  private static final OutboxLimits ROOMY =
      OutboxLimits.DEFAULT.withBytes(64 << 20).withMessages(1 << 20);

  @EveryModel
  void theOrderOfEachSendingThreadIsKept(IoModel model) throws Exception {
    int threads = 4;
    int each = 2000;
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.recorded(model, recorder).outbox(ROOMY).start();
        Peer peer = Peer.connect(server);
        Crew crew = new Crew()) {
      Connection connection = recorder.first().connection();
      for (int i = 0; i < threads; i++) {
        int sender = i;
        crew.start(() -> {
          Random random = new Random(sender);
          for (int n = 0; n < each; n++) {
            int size = Numbered.HEADER_BYTES + random.nextInt(1 << random.nextInt(12));
            Numbered message = new Numbered(sender, n, size);
            boolean shared = random.nextBoolean();
            boolean taken =
                shared
                    ? connection.send(Message.copyOf(message.encoded()))
                    : connection.send(message.encoded());
            if (!taken) {
              throw new AssertionError("refused " + message);
            }
          }
        });
      }
      checkOrder(Numbered.read(peer.input(), threads * each));
    }
    recorder.assertSound();
  }

  /** The numbers of each sender count up without a gap. */
  private static void checkOrder(List<Numbered> received) {
    Map<Integer, Integer> next = new HashMap<>();
    for (Numbered message : received) {
      int expected = next.merge(message.sender(), 1, Integer::sum) - 1;
      assertThat(message.number()).as("of sender %d", message.sender()).isEqualTo(expected);
    }
  }

  /** A ring: what one receives is sent to the next, inside the handler of the one. */
  @EveryModel
  void aHandlerSendsToOtherConnections(IoModel model) throws Exception {
    int members = 4;
    int each = 1000;
    Recorder[] self = new Recorder[1];
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              int mine = (int) connection.id() - 1;
              if (!self[0].connection((mine + 1) % members).connection().send(data)) {
                throw new AssertionError("refused");
              }
            });
    self[0] = recorder;
    try (Server server = Servers.recorded(model, recorder).outbox(ROOMY).start();
        Crew crew = new Crew()) {
      Peer[] peers = new Peer[members];
      for (int i = 0; i < members; i++) {
        peers[i] = Peer.connect(server);
        recorder.connection(i);
      }
      for (int i = 0; i < members; i++) {
        int sender = i;
        crew.start(() -> {
          for (int n = 0; n < each; n++) {
            peers[sender].send(new Numbered(sender, n, 100 + n % 50).encoded().array());
          }
        });
      }
      for (int i = 0; i < members; i++) {
        List<Numbered> received = Numbered.read(peers[i].input(), each);
        checkOrder(received);
        int before = (i + members - 1) % members;
        assertThat(received).allMatch(message -> message.sender() == before);
      }
      crew.join();
      for (Peer peer : peers) {
        peer.close();
      }
    }
    recorder.assertSound();
  }

  /**
   * One system call puts its bytes into the peer's queue at once, so a peer that waits already sees
   * all of them with its first read. Sent one by one they would come one by one: an engine that
   * does so is caught in some of the rounds, one that does not fails in none.
   */
  @EveryModel
  void whatOneCallSendsLeavesTogether(IoModel model) throws Exception {
    int parts = 500;
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              for (int i = 0; i < parts; i++) {
                connection.send("8 bytes.");
              }
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      for (int round = 0; round < 20; round++) {
        peer.send("go");
        assertThat(peer.receiveOnce(1 << 16)).as("round %d", round).hasSize(parts * 8);
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void theBufferIsReadToItsEndAndFreeAtOnce(IoModel model) throws Exception {
    int rounds = 3000;
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              ByteBuffer reused = ByteBuffer.allocateDirect(1024);
              for (int i = 0; i < rounds; i++) {
                reused.clear();
                reused.put(new Numbered(0, i, 1024).encoded()).flip();
                if (!connection.send(reused) || reused.hasRemaining()) {
                  throw new AssertionError("not taken whole: " + reused);
                }
                for (int at = 0; at < reused.capacity(); at++) {
                  reused.put(at, (byte) -1);
                }
              }
              connection.close();
            });
    try (Server server =
            Servers.recorded(model, recorder).outbox(ROOMY).sendBufferBytes(8192).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("go");
      List<Numbered> received = Numbered.readToEnd(peer.input());
      assertThat(received).hasSize(rounds);
      checkOrder(received);
    }
    recorder.assertSound();
  }

  @EveryModel
  void everyKindOfBufferCanBeSent(IoModel model) throws Exception {
    byte[] bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.send(ByteBuffer.wrap(bytes));
              connection.send(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
              connection.send(ByteBuffer.wrap(bytes, 2, 3));
              connection.send(ByteBuffer.wrap(bytes, 2, 3).slice());
              connection.send(ByteBuffer.allocateDirect(10).put(bytes).flip().position(8));
              connection.send(ByteBuffer.allocateDirect(10).put(bytes).flip().slice(5, 2));
              connection.send(ByteBuffer.allocateDirect(10).put(bytes).flip().asReadOnlyBuffer());
              connection.send(Message.of("message"));
              connection.send("äöü");
              connection.sendLine("line");
              connection.send(data);
              connection.close();
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("what came");
      assertThat(peer.receiveTextToEnd())
          .isEqualTo("0123456789012345678923423489560123456789messageäöüline\nwhat came");
    }
    recorder.assertSound();
  }

  @EveryModel
  void nothingIsSentWhereThereIsNothing(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              boolean taken =
                  connection.send(ByteBuffer.allocate(0))
                      && connection.send("")
                      && connection.send(Message.of(""));
              connection.send(taken + " " + connection.outboxBytes());
              connection.close();
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      assertThat(peer.receiveTextToEnd()).startsWith("true ");
    }
    recorder.assertSound();
  }

  @EveryModel
  void oneLargeMessageArrivesWhole(IoModel model) throws Exception {
    Numbered large = new Numbered(0, 0, 12_000_000);
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.send(large.encoded());
              connection.send(Message.copyOf(new Numbered(0, 1, 5_000_000).encoded()));
              connection.close();
            });
    try (Server server = Servers.recorded(model, recorder).outbox(ROOMY).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("go");
      checkOrder(Numbered.readToEnd(peer.input()));
    }
    recorder.assertSound();
  }

  @EveryModel
  void whatTheKernelHasTakenDoesNotWait(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Connection connection = recorder.first().connection();
      assertThat(connection.send("hello")).isTrue();
      assertThat(peer.receiveText(5)).isEqualTo("hello");
      Await.until("the outbox is empty", () -> connection.outboxBytes() == 0);
      assertThat(connection.isWritable()).isTrue();
    }
  }

  /** The caller goes on, though the peer does not read at all. */
  @EveryModel
  void sendingToAPeerThatDoesNotReadDoesNotBlock(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.recorded(model, recorder).outbox(ROOMY).start();
        Peer deaf = Peer.connectWithSmallBuffer(server);
        Peer other = Peer.connect(server)) {
      Connection connection = recorder.connection(0).connection();
      Connection next = recorder.connection(1).connection();
      long startNanos = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        assertThat(connection.send(ByteBuffer.allocate(100_000))).isTrue();
      }
      assertThat(System.nanoTime() - startNanos).isLessThan(5_000_000_000L);
      assertThat(connection.outboxBytes()).isPositive();
      assertThat(next.send("others go on")).isTrue();
      assertThat(other.receiveText(12)).isEqualTo("others go on");
      deaf.reset();
    }
    recorder.assertSound();
  }

  @EveryModel
  void sendingAfterTheCloseIsRefused(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.send("kept");
              connection.close();
              if (connection.send("late") || connection.send(Message.of("late"))) {
                throw new AssertionError("taken after the close");
              }
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      assertThat(peer.receiveTextToEnd()).isEqualTo("kept");
      recorder.first().awaitClose();
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void sendingToAPeerThatIsGoneIsRefusedInTheEnd(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Connection connection = recorder.first().connection();
      peer.reset();
      Await.until("refused", () -> !connection.send("anyone?"));
      recorder.first().awaitClose();
    }
    recorder.assertSound();
  }
}
