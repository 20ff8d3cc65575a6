package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.net.StreamServerBuilder;
import fivefold.net.tls.TlsIdentity;
import fivefold.net.tls.TlsServer;
import fivefold.net.tls.TlsSession;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Pattern;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import fivefold.testkit.TlsPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/** By TLS the bytes are the same, in the same order, whoever sends them and however many. */
public class TlsStreamConformance {
  private static final TlsIdentity IDENTITY = TlsIdentity.selfSigned();
  private static final int MUCH_BYTES = 10_000_000;
  private static final int CHUNK_BYTES = 100_000;

  /** An echo that does not read from a peer that does not. */
  private static final class PolitelyEchoing implements StreamHandler {
    @Override
    public void onReceive(Connection connection, ByteBuffer data) {
      connection.send(data);
      if (!connection.isWritable()) {
        connection.pauseReading();
      }
    }

    @Override
    public void onWritable(Connection connection) {
      connection.resumeReading();
    }
  }

  private static StreamServerBuilder server(IoModel model, Recorder recorder) {
    return Servers.recorded(model, recorder).layer(TlsServer.of(IDENTITY));
  }

  private static SSLContext client() throws Exception {
    return TlsPeer.context(IDENTITY, null);
  }

  @EveryModel
  void echoesByBothVersions(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = server(model, recorder).start()) {
      int n = 0;
      for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
        try (TlsPeer peer = TlsPeer.connect(server, client(), protocol)) {
          assertThat(peer.echoes("hello")).isTrue();
          assertThat(peer.echoes("x".repeat(40_000))).isTrue();
          TlsSession session =
              Objects.requireNonNull(TlsSession.of(recorder.connection(n++).connection()));
          assertThat(session.protocol()).isEqualTo(protocol);
          assertThat(session.peerCertificates()).isEmpty();
        }
      }
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void muchGoesBothWays(IoModel model) throws Exception {
    Recorder recorder = new Recorder(PolitelyEchoing::new);
    Pattern pattern = new Pattern(7);
    try (Server server = server(model, recorder).start();
        TlsPeer peer = TlsPeer.connect(server, client(), "TLSv1.3");
        Crew crew = new Crew()) {
      crew.start(() -> {
        for (int at = 0; at < MUCH_BYTES; at += CHUNK_BYTES) {
          peer.send(pattern.bytes(at, CHUNK_BYTES));
        }
        peer.halfClose();
      });
      for (long at = 0; at < MUCH_BYTES; at += CHUNK_BYTES) {
        pattern.check(at, ByteBuffer.wrap(peer.receive(CHUNK_BYTES)));
      }
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  /** Records are numbered: two that change places are two that nobody can read. */
  @EveryModel
  void threadsMaySendWhileTheHandlerDoes(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    int each = 800;
    OutboxLimits roomy = OutboxLimits.DEFAULT.withBytes(16 << 20);
    try (Server server = server(model, recorder).outbox(roomy).sendBufferBytes(8192).start();
        TlsPeer peer = TlsPeer.connect(server, client(), "TLSv1.3");
        Crew crew = new Crew()) {
      Connection connection = recorder.first().connection();
      for (int thread = 0; thread < 2; thread++) {
        crew.start(() -> {
          for (int i = 0; i < each; i++) {
            assertThat(connection.send("t".repeat(i % 50 == 0 ? 20_000 : 100))).isTrue();
          }
        });
      }
      crew.start(() -> {
        for (int i = 0; i < each; i++) {
          peer.send("e".repeat(100));
        }
      });
      int large = each / 50;
      int expected = each * 100 + 2 * ((each - large) * 100 + large * 20_000);
      byte[] received = peer.receive(expected);
      int echoed = 0;
      for (byte b : received) {
        echoed += b == 'e' ? 1 : 0;
      }
      assertThat(echoed).isEqualTo(each * 100);
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void manyAtOnce(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    int count = 40;
    SSLContext client = client();
    List<TlsPeer> peers = new ArrayList<>();
    // Each of the pool's threads serves one connection at a time.
    try (Server server = server(model, recorder).workers(count).start()) {
      try (Crew crew = new Crew()) {
        for (int thread = 0; thread < 4; thread++) {
          crew.start(() -> {
            for (int i = 0; i < count / 4; i++) {
              TlsPeer peer = TlsPeer.connect(server, client, "TLSv1.3");
              synchronized (peers) {
                peers.add(peer);
              }
            }
          });
        }
      }
      for (TlsPeer peer : peers) {
        assertThat(peer.echoes("still there")).isTrue();
      }
      assertThat(server.stats().open()).isEqualTo(count);
    } finally {
      for (TlsPeer peer : peers) {
        peer.close();
      }
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void aSlowReaderIsWaitedFor(IoModel model) throws Exception {
    OutboxLimits small = OutboxLimits.DEFAULT.withBytes(100_000);
    int count = 400;
    byte[] message = new Pattern(3).bytes(0, 10_000);
    // Produces as long as there is room, and goes on when there is room again.
    Recorder recorder =
        new Recorder(() ->
            new StreamHandler() {
              private int sent;

              @Override
              public void onOpen(Connection connection) {
                produce(connection);
              }

              @Override
              public void onReceive(Connection connection, ByteBuffer data) {}

              @Override
              public void onWritable(Connection connection) {
                produce(connection);
              }

              private void produce(Connection connection) {
                while (sent < count && connection.isWritable()) {
                  connection.send(ByteBuffer.wrap(message));
                  sent++;
                }
                if (sent < count) {
                  // A model that blocks writes after the call: ask again then.
                  connection.execute(() -> {
                    if (connection.isWritable()) {
                      produce(connection);
                    }
                  });
                } else {
                  connection.close();
                }
              }
            });
    try (Server server = server(model, recorder).outbox(small).sendBufferBytes(8192).start();
        TlsPeer peer = TlsPeer.connect(server, client(), "TLSv1.3")) {
      Connection connection = recorder.first().connection();
      for (int i = 0; i < count; i++) {
        assertThat(connection.outboxBytes()).isLessThan(200_000);
        assertThat(peer.receive(message.length)).isEqualTo(message);
      }
      assertThat(peer.receiveToEnd()).isEmpty();
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void oneThatNeverReadsIsCutOff(IoModel model) throws Exception {
    OutboxLimits hasty = OutboxLimits.DEFAULT.withBytes(1 << 20).withAge(Duration.ofMillis(300));
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              boolean open = true;
              for (int i = 0; i < 200 && open; i++) {
                open = connection.send(ByteBuffer.allocate(50_000));
              }
            });
    try (Server server = server(model, recorder).outbox(hasty).sendBufferBytes(8192).start();
        TlsPeer peer = TlsPeer.connect(server, client(), "TLSv1.3")) {
      peer.send("go");
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SLOW_CONSUMER);
    }
    recorder.assertSound();
  }

  @EveryModel
  void pausedReadingHoldsEverythingBack(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> (connection, data) -> connection.pauseReading());
    try (Server server = server(model, recorder).start();
        TlsPeer peer = TlsPeer.connect(server, client(), "TLSv1.3")) {
      peer.send("first");
      recorder.first().awaitReceived(5);
      peer.send("second").send("third");
      Connection connection = recorder.first().connection();
      Await.during(
          Duration.ofMillis(50),
          "nothing is told while paused",
          () -> recorder.first().receivedBytes() == 5);
      Await.until(
          "all of it, a resume at a time",
          () -> {
            connection.resumeReading();
            return recorder.first().receivedBytes() == 16;
          });
      assertThat(recorder.first().receivedText()).isEqualTo("firstsecondthird");
    }
    recorder.assertSound();
  }
}
