package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason;
import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording.Call;
import fivefold.testkit.Servers;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** {@code onClose} comes exactly once, with the reason that is true. */
public class CloseReasonConformance {

  /** Does what the word that arrives says. */
  private static final class Obedient implements StreamHandler {
    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      String word = StandardCharsets.UTF_8.decode(data).toString();
      switch (word) {
        case "close" -> connection.close();
        case "abort" -> connection.abort();
        case "reason" -> connection.close(CloseReason.of(Kind.PROTOCOL_ERROR, "as told"));
        case "answer, close" -> {
          connection.send("answer");
          connection.close();
        }
        case "close, abort" -> {
          connection.close();
          connection.abort();
          connection.close();
        }
        default -> connection.send(word);
      }
    }
  }

  private static CloseReason reasonAfter(IoModel model, String word) throws Exception {
    Recorder recorder = new Recorder(Obedient::new);
    CloseReason reason;
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send(word);
      peer.receiveToEndOrReset();
      reason = recorder.first().awaitClose();
      try (Peer next = Peer.connect(server)) {
        assertThat(next.echoes("still there")).isTrue();
      }
    }
    assertThat(recorder.first().lifecycle()).containsExactly(Call.OPEN, Call.RECEIVE, Call.CLOSE);
    recorder.assertSound();
    return reason;
  }

  @EveryModel
  void thePeerCloses(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("x")).isTrue();
      peer.close();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
    }
    recorder.assertSound();
  }

  @EveryModel
  void thePeerResets(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("x")).isTrue();
      peer.reset();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_RESET);
      assertThat(recorder.first().has(Call.END)).as("a reset is no orderly end").isFalse();
    }
    recorder.assertSound();
  }

  @EveryModel
  void thePeerResetsAtOnce(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.start(model, recorder)) {
      Peer.connect(server).reset();
      try (Peer next = Peer.connect(server)) {
        // Whether the reset one is accepted at all is the kernel's choice.
        int last =
            recorder.connection(0).connection().remoteAddress().equals(next.address()) ? 0 : 1;
        recorder.connection(last);
        if (last == 1) {
          assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_RESET);
        }
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void thePeerResetsWhileItIsSentTo(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() -> (connection, data) -> connection.send(ByteBuffer.allocate(900_000)));
    try (Server server = Servers.recorded(model, recorder).sendBufferBytes(8192).start();
        Peer peer = Peer.connectWithSmallBuffer(server)) {
      peer.send("x");
      peer.receive(10_000);
      peer.reset();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_RESET);
    }
    recorder.assertSound();
  }

  @EveryModel
  void theHandlerCloses(IoModel model) throws Exception {
    assertThat(reasonAfter(model, "close").kind()).isEqualTo(Kind.LOCAL_CLOSE);
  }

  @EveryModel
  void theHandlerClosesForAReason(IoModel model) throws Exception {
    assertThat(reasonAfter(model, "reason"))
        .isEqualTo(CloseReason.of(Kind.PROTOCOL_ERROR, "as told"));
  }

  @EveryModel
  void theHandlerAborts(IoModel model) throws Exception {
    assertThat(reasonAfter(model, "abort").kind()).isEqualTo(Kind.ABORTED);
  }

  /**
   * So that the peer does not take for whole what it was cut off from. Not on AIO: its channels
   * know no SO_LINGER, see {@link #withoutResetsAnAbortIsAnEnd}.
   */
  @EveryModel(except = IoModel.AIO)
  void anAbortIsAReset(IoModel model) throws Exception {
    assertThat(isResetAfterAbort(model)).isTrue();
  }

  @EveryModel(only = IoModel.AIO)
  void withoutResetsAnAbortIsAnEnd(IoModel model) throws Exception {
    assertThat(isResetAfterAbort(model)).isFalse();
  }

  private static boolean isResetAfterAbort(IoModel model) throws Exception {
    Recorder recorder = new Recorder(Obedient::new);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("abort");
      return isReset(peer);
    }
  }

  private static boolean isReset(Peer peer) throws IOException {
    try {
      assertThat(peer.receiveToEnd()).isEmpty();
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** RFC 1122, 4.2.2.13: on every model. */
  @EveryModel
  void anAbortWithUnreadInputIsAReset(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> (connection, data) -> connection.pauseReading());
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      recorder.first().awaitReceived(1);
      peer.send("unread".repeat(10_000));
      recorder.first().connection().abort();
      assertThat(isReset(peer)).isTrue();
    }
    recorder.assertSound();
  }

  @EveryModel
  void closingTwiceIsClosingOnce(IoModel model) throws Exception {
    assertThat(reasonAfter(model, "close, abort").kind()).isIn(Kind.LOCAL_CLOSE, Kind.ABORTED);
  }

  @EveryModel
  void whatWasSentBeforeTheCloseArrives(IoModel model) throws Exception {
    Recorder recorder = new Recorder(Obedient::new);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("answer, close");
      assertThat(peer.receiveTextToEnd()).isEqualTo("answer");
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.LOCAL_CLOSE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void closedAsSoonAsOpened(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> new Opening(Connection::close));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.LOCAL_CLOSE);
      assertThat(recorder.first().lifecycle()).containsExactly(Call.OPEN, Call.CLOSE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void abortedAsSoonAsOpened(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> new Opening(Connection::abort));
    try (Server server = Servers.start(model, recorder)) {
      for (int round = 0; round < 20; round++) {
        try (Peer peer = Peer.connect(server)) {
          assertThat(peer.receiveToEndOrReset()).isEmpty();
        } catch (SocketException reset) {
          // It came before connect(2) had returned.
        }
        assertThat(recorder.connection(round).awaitClose().kind()).isEqualTo(Kind.ABORTED);
        assertThat(recorder.connection(round).lifecycle()).containsExactly(Call.OPEN, Call.CLOSE);
      }
    }
    recorder.assertSound();
  }

  private record Opening(java.util.function.Consumer<Connection> what) implements StreamHandler {
    @Override
    public void onOpen(Connection connection) {
      what.accept(connection);
    }

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {}
  }

  @EveryModel
  void closedByAnotherThread(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("x")).isTrue();
      recorder.first().connection().close();
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.LOCAL_CLOSE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void abortedByAnotherThread(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("x")).isTrue();
      recorder.first().connection().abort();
      peer.receiveToEndOrReset();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.ABORTED);
    }
    recorder.assertSound();
  }

  /** Everyone at once: still one {@code onClose}, and it is the last call. */
  @EveryModel
  void manyThreadsCloseAtOnce(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder)) {
      for (int round = 0; round < 10; round++) {
        try (Peer peer = Peer.connect(server)) {
          assertThat(peer.echoes("x")).isTrue();
          Connection connection = recorder.connection(round).connection();
          CountDownLatch go = new CountDownLatch(1);
          Thread[] closers = new Thread[6];
          for (int i = 0; i < closers.length; i++) {
            boolean abort = i % 2 == 0;
            closers[i] =
                Thread.ofPlatform()
                    .start(() -> {
                      awaitQuietly(go);
                      connection.send("bye");
                      if (abort) {
                        connection.abort();
                      } else {
                        connection.close();
                      }
                    });
          }
          go.countDown();
          peer.receiveToEndOrReset();
          for (Thread closer : closers) {
            closer.join();
          }
          assertThat(recorder.connection(round).awaitClose().kind())
              .isIn(Kind.LOCAL_CLOSE, Kind.ABORTED);
        }
      }
    }
    assertThat(recorder.closeReasons()).hasSize(10);
    recorder.assertSound();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @EveryModel
  void nothingCanBeDoneInOnCloseAndAfter(IoModel model) throws Exception {
    StreamHandler late =
        new StreamHandler() {
          @Override
          public void onReceive(Connection connection, ByteBuffer data) {
            connection.close();
          }

          @Override
          public void onClose(Connection connection, CloseReason reason) {
            if (connection.isOpen() || connection.send("late")) {
              throw new AssertionError("open in onClose");
            }
            connection.close();
            connection.abort();
          }
        };
    Recorder recorder = new Recorder(() -> late);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      assertThat(peer.receiveToEnd()).isEmpty();
      recorder.first().awaitClose();
      Connection gone = recorder.first().connection();
      assertThat(gone.send("later still")).isFalse();
      gone.pauseReading();
      gone.resumeReading();
      gone.shutdownOutput();
      gone.close();
      gone.abort();
    }
    assertThat(recorder.failures()).isEmpty();
    assertThat(recorder.closeReasons()).hasSize(1);
    recorder.assertSound();
  }
}
