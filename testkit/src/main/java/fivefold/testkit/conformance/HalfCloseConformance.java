package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Pattern;
import fivefold.testkit.Peer;
import fivefold.testkit.ProcessorTime;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording.Call;
import fivefold.testkit.Servers;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Each direction ends by itself. */
public class HalfCloseConformance {
  private static final int MUCH_BYTES = 6_000_000;
  private static final OutboxLimits ROOMY = OutboxLimits.DEFAULT.withBytes(16 << 20);

  /** Reads, and does this at the end. */
  private record AtEnd(Consumer<Connection> what) implements StreamHandler {
    @Override
    public void onReceive(Connection connection, ByteBuffer data) {}

    @Override
    public void onEnd(Connection connection) {
      what.accept(connection);
    }
  }

  private static void sendMuch(Connection connection) {
    if (!connection.send(ByteBuffer.wrap(new Pattern(1).bytes(0, MUCH_BYTES)))) {
      throw new AssertionError("refused");
    }
  }

  @EveryModel
  void thePeerThatHasEndedStillReceives(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            new AtEnd(connection -> {
              sendMuch(connection);
              connection.close();
            }));
    try (Server server = Servers.recorded(model, recorder).outbox(ROOMY).start();
        Peer peer = Peer.connect(server)) {
      peer.send("request").halfClose();
      byte[] answer = peer.receiveToEnd();
      assertThat(answer).hasSize(MUCH_BYTES);
      new Pattern(1).check(0, ByteBuffer.wrap(answer));
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
      assertThat(recorder.first().lifecycle())
          .containsExactly(Call.OPEN, Call.RECEIVE, Call.END, Call.CLOSE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void theConnectionStaysWhileTheHandlerDoesNotClose(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> new AtEnd(connection -> {}));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.halfClose();
      Connection connection = recorder.first().connection();
      fivefold.testkit.Await.until("the end is told", () -> recorder.first().has(Call.END));
      for (int i = 0; i < 10; i++) {
        assertThat(connection.send("tick")).isTrue();
        assertThat(peer.receiveText(4)).isEqualTo("tick");
      }
      connection.close();
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
    }
    recorder.assertSound();
  }

  /**
   * A level-triggered poller reports the end for as long as it is watched. Busy polling, and it
   * alone, is meant to spin.
   */
  @EveryModel(except = IoModel.NONBLOCKING)
  void aHalfClosedConnectionCostsNoProcessorTime(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> new AtEnd(connection -> {}));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.halfClose();
      fivefold.testkit.Await.until("the end is told", () -> recorder.connection(0).has(Call.END));
      ProcessorTime.awaitRest();
      assertThat(server.stats().open()).isEqualTo(1);
    }
    recorder.assertSound();
  }

  @EveryModel
  void aResetAfterTheEndIsNoticed(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> new AtEnd(HalfCloseConformance::sendMuch));
    try (Server server =
            Servers.recorded(model, recorder).outbox(ROOMY).sendBufferBytes(8192).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.halfClose();
      peer.receive(10_000);
      peer.reset();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_RESET);
    }
    recorder.assertSound();
  }

  @EveryModel
  void afterShutdownOutputItStillReceives(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            new StreamHandler() {
              @Override
              public void onOpen(Connection connection) {
                connection.send("all I say");
                connection.shutdownOutput();
                if (connection.send("more")) {
                  throw new AssertionError("taken after shutdownOutput");
                }
              }

              @Override
              public void onReceive(Connection connection, ByteBuffer data) {}
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveTextToEnd()).isEqualTo("all I say");
      for (int i = 0; i < 20; i++) {
        peer.send(new byte[10_000]);
      }
      recorder.first().awaitReceived(200_000);
      assertThat(recorder.first().isClosed()).isFalse();
      peer.close();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void shutdownOutputWaitsForWhatWasSent(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              if (connection.outboxBytes() == 0) {
                sendMuch(connection);
                connection.shutdownOutput();
              }
            });
    try (Server server =
            Servers.recorded(model, recorder).outbox(ROOMY).sendBufferBytes(8192).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("go");
      byte[] answer = peer.receiveToEnd();
      assertThat(answer).hasSize(MUCH_BYTES);
      new Pattern(1).check(0, ByteBuffer.wrap(answer));
      assertThat(recorder.first().isClosed()).isFalse();
    }
    recorder.assertSound();
  }

  @EveryModel
  void shutdownOutputFromAnotherThread(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Connection connection = recorder.first().connection();
      connection.send("x");
      connection.shutdownOutput();
      assertThat(peer.receiveTextToEnd()).isEqualTo("x");
      peer.send("y");
      recorder.first().awaitReceived(1);
    }
    recorder.assertSound();
  }

  /** With both directions ended there is nothing left to wait for. */
  @EveryModel
  void endedOnBothSidesIsClosed(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> new AtEnd(Connection::shutdownOutput));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.halfClose();
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
    }
    recorder.assertSound();
  }
}
