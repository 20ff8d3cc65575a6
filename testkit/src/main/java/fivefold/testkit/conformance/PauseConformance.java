package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Pattern;
import fivefold.testkit.Peer;
import fivefold.testkit.ProcessorTime;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording;
import fivefold.testkit.Recording.Call;
import fivefold.testkit.Servers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** While reading is paused nothing is delivered, and nothing is lost. */
public class PauseConformance {
  private static final Duration WINDOW = Duration.ofMillis(60);

  /** Pauses at the first bytes. */
  private static final class PausingOnce implements StreamHandler {
    volatile boolean done;

    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      if (!done) {
        connection.pauseReading();
        done = true;
      }
    }
  }

  @EveryModel
  void nothingIsDeliveredUntilAnotherThreadResumes(IoModel model) throws Exception {
    Recorder recorder = new Recorder(PausingOnce::new);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Recording recording = recorder.first();
      peer.send("first");
      recording.awaitReceived(5);
      peer.send("second");
      Await.during(WINDOW, "nothing more is delivered", () -> recording.receivedBytes() == 5);
      recording.connection().resumeReading();
      recording.awaitReceived(11);
      assertThat(recording.receivedText()).isEqualTo("firstsecond");
    }
    recorder.assertSound();
  }

  @EveryModel
  void pausedByAnotherThread(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("x")).isTrue();
      Recording recording = recorder.first();
      recording.connection().pauseReading();
      // The task runs in the connection's order, so the pause has taken hold by then.
      AtomicBoolean passed = new AtomicBoolean();
      recording.connection().execute(() -> passed.set(true));
      Await.until("the task ran", passed::get);
      peer.send("while paused");
      Await.during(WINDOW, "nothing is delivered", () -> recording.receivedBytes() == 1);
      recording.connection().resumeReading();
      assertThat(peer.receiveText(12)).isEqualTo("while paused");
    }
    recorder.assertSound();
  }

  @EveryModel
  void pausedAsSoonAsOpened(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            new StreamHandler() {
              @Override
              public void onOpen(Connection connection) {
                connection.pauseReading();
                connection.schedule(Duration.ofMillis(80), connection::resumeReading);
              }

              @Override
              public void onReceive(Connection connection, ByteBuffer data) {
                connection.send(data);
              }
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("early");
      Recording recording = recorder.first();
      assertThat(recording.receivedBytes()).isZero();
      assertThat(peer.receiveText(5)).isEqualTo("early");
    }
    recorder.assertSound();
  }

  @EveryModel
  void sendingGoesOnWhilePaused(IoModel model) throws Exception {
    Recorder recorder = new Recorder(PausingOnce::new);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      recorder.first().awaitReceived(1);
      for (int i = 0; i < 5; i++) {
        assertThat(recorder.first().connection().send("still here")).isTrue();
        assertThat(peer.receiveText(10)).isEqualTo("still here");
      }
    }
    recorder.assertSound();
  }

  /** The peer's writes stop: pausing is back-pressure, not a growing buffer. */
  @EveryModel
  void thePeerIsHeldBack(IoModel model) throws Exception {
    Recorder recorder = new Recorder(PausingOnce::new);
    try (Server server = Servers.recorded(model, recorder).receiveBufferBytes(32_768).start();
        SocketChannel peer = SocketChannel.open(server.address())) {
      peer.configureBlocking(false);
      peer.write(ByteBuffer.wrap(new byte[] {1}));
      recorder.first().awaitReceived(1);
      ByteBuffer chunk = ByteBuffer.allocate(65_536);
      long written = 1;
      long quietSinceNanos = System.nanoTime();
      while (System.nanoTime() - quietSinceNanos < WINDOW.toNanos()) {
        chunk.clear();
        int count = peer.write(chunk);
        if (count > 0) {
          written += count;
          quietSinceNanos = System.nanoTime();
        }
        assertThat(written).isLessThan(32 << 20);
      }
      assertThat(recorder.first().receivedBytes()).isEqualTo(1);
      recorder.first().connection().resumeReading();
      recorder.first().awaitReceived(written);
    }
    recorder.assertSound();
  }

  @EveryModel
  void pausingAndResumingAtRandomLosesNothing(IoModel model) throws Exception {
    int total = 4_000_000;
    long[] checked = new long[1];
    Pattern pattern = new Pattern(9);
    Recorder recorder =
        new Recorder(() ->
            new StreamHandler() {
              private final Random random = new Random(10);

              @Override
              public void onReceive(Connection connection, ByteBuffer data) {
                checked[0] = pattern.check(checked[0], data);
                if (random.nextInt(4) == 0) {
                  connection.pauseReading();
                  connection.schedule(
                      Duration.ofNanos(random.nextInt(500_000)), connection::resumeReading);
                }
              }

              @Override
              public void onEnd(Connection connection) {
                connection.send("" + checked[0]);
                connection.close();
              }
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server);
        Crew crew = new Crew()) {
      AtomicBoolean over = new AtomicBoolean();
      Connection connection = recorder.first().connection();
      crew.start(() -> {
        while (!over.get()) {
          connection.pauseReading();
          connection.resumeReading();
          Thread.onSpinWait();
        }
      });
      try {
        for (int sent = 0; sent < total; sent += 40_000) {
          peer.send(pattern.bytes(sent, 40_000));
        }
        peer.halfClose();
        assertThat(peer.receiveTextToEnd()).isEqualTo("" + total);
      } finally {
        over.set(true);
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void closedWhilePaused(IoModel model) throws Exception {
    Recorder recorder = new Recorder(PausingOnce::new);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      recorder.first().awaitReceived(1);
      recorder.first().connection().close();
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.LOCAL_CLOSE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void theEndComesAfterTheResume(IoModel model) throws Exception {
    Recorder recorder = new Recorder(PausingOnce::new);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      Recording recording = recorder.first();
      recording.awaitReceived(1);
      peer.send("the rest").close();
      Await.during(WINDOW, "what was sent is not overtaken", () -> !recording.has(Call.END));
      recording.connection().resumeReading();
      assertThat(recording.awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
      assertThat(recording.receivedText()).isEqualTo("xthe rest");
    }
    recorder.assertSound();
  }

  @EveryModel
  void aResetIsNoticedAfterTheResumeAtTheLatest(IoModel model) throws Exception {
    PausingOnce pausing = new PausingOnce();
    Recorder recorder = new Recorder(() -> pausing);
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      recorder.first().awaitReceived(1);
      // The bytes are recorded just before the handler pauses.
      Await.until("it has paused", () -> pausing.done);
      peer.reset();
      recorder.first().connection().resumeReading();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_RESET);
    }
    recorder.assertSound();
  }

  /** Bytes that wait in the kernel keep a level-triggered descriptor ready. */
  @EveryModel(except = IoModel.NONBLOCKING)
  void aPausedConnectionCostsNoProcessorTime(IoModel model) throws Exception {
    Recorder recorder = new Recorder(PausingOnce::new);
    try (Server server = Servers.start(model, recorder);
        Peer ending = Peer.connect(server);
        Peer staying = Peer.connect(server)) {
      for (Peer peer : new Peer[] {ending, staying}) {
        peer.send("x");
      }
      recorder.connection(0).awaitReceived(1);
      recorder.connection(1).awaitReceived(1);
      staying.send("more");
      ending.send("more").close();
      ProcessorTime.awaitRest();
    }
    recorder.assertSound();
  }
}
