package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.net.StreamServerBuilder;
import fivefold.net.tls.TlsIdentity;
import fivefold.net.tls.TlsServer;
import fivefold.testkit.EveryModel;
import fivefold.testkit.OnTime;
import fivefold.testkit.Pattern;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording.Call;
import fivefold.testkit.Servers;
import fivefold.testkit.TlsPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** An end that was meant, and one that was not, are told apart. */
public class TlsEndConformance {
  private static final TlsIdentity IDENTITY = TlsIdentity.selfSigned();
  private static final int MUCH_BYTES = 1_000_000;
  private static final OutboxLimits ROOMY = OutboxLimits.DEFAULT.withBytes(16 << 20);

  private static StreamServerBuilder server(IoModel model, Recorder recorder) {
    return Servers.recorded(model, recorder).outbox(ROOMY).layer(TlsServer.of(IDENTITY));
  }

  private static TlsPeer connect(Server server, String protocol) throws Exception {
    SSLContext context = TlsPeer.context(IDENTITY, null);
    return TlsPeer.connect(server, context, protocol);
  }

  /** Says much when the peer has ended, and closes. */
  private static final class AnswersAtTheEnd implements StreamHandler {
    @Override
    public void onReceive(Connection connection, ByteBuffer data) {}

    @Override
    public void onEnd(Connection connection) {
      connection.send(ByteBuffer.wrap(new Pattern(1).bytes(0, MUCH_BYTES)));
      connection.close();
    }
  }

  @EveryModel
  void thePeerThatHasEndedStillReceives(IoModel model) throws Exception {
    Recorder recorder = new Recorder(AnswersAtTheEnd::new);
    try (Server server = server(model, recorder).start();
        TlsPeer peer = connect(server, "TLSv1.3")) {
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

  /** TLS 1.2 has no half-close: what was sent before is answered, and both sides end. */
  @EveryModel
  void byTls12TheEndIsThatOfBothSides(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = server(model, recorder).start();
        TlsPeer peer = connect(server, "TLSv1.2")) {
      assertThat(peer.echoes("request")).isTrue();
      peer.tls().close();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
      assertThat(recorder.first().lifecycle())
          .containsExactly(Call.OPEN, Call.RECEIVE, Call.END, Call.CLOSE);
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
    try (Server server = server(model, recorder).start();
        TlsPeer peer = connect(server, "TLSv1.3")) {
      assertThat(new String(peer.receiveToEnd(), StandardCharsets.UTF_8)).isEqualTo("all I say");
      for (int i = 0; i < 20; i++) {
        peer.send(new byte[10_000]);
      }
      recorder.first().awaitReceived(200_000);
      assertThat(recorder.first().isClosed()).isFalse();
      peer.halfClose();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void closeSendsWhatWaitsAndSaysSo(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.send("short");
              connection.send(ByteBuffer.wrap(new Pattern(2).bytes(0, MUCH_BYTES)));
              connection.close();
            });
    try (Server server = server(model, recorder).sendBufferBytes(8192).start();
        TlsPeer peer = connect(server, "TLSv1.3")) {
      peer.send("go");
      // Throws if the end comes without close_notify.
      byte[] answer = peer.receiveToEnd();
      assertThat(answer).hasSize(5 + MUCH_BYTES);
      new Pattern(2).check(0, ByteBuffer.wrap(answer, 5, MUCH_BYTES));
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.LOCAL_CLOSE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void aStreamCutOffIsNoEnd(IoModel model) throws Exception {
    for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
      Recorder recorder = Recorder.echoing();
      try (Server server = server(model, recorder).start();
          TlsPeer peer = connect(server, protocol)) {
        assertThat(peer.echoes("half a messa")).isTrue();
        peer.truncate();
        assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(recorder.first().has(Call.END)).isFalse();
      }
      recorder.assertSound();
    }
  }

  @EveryModel
  void aHandlerThatAbortsDoesNotLookLikeAnEnd(IoModel model) throws Exception {
    Recorder recorder = new Recorder(() -> (connection, data) -> connection.abort());
    try (Server server = server(model, recorder).start();
        TlsPeer peer = connect(server, "TLSv1.3")) {
      peer.send("go");
      assertThatThrownBy(peer::receiveToEnd).isInstanceOf(IOException.class);
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.ABORTED);
    }
    recorder.assertSound();
  }

  @EveryModel
  void aHandlerThatThrowsDoesNotLookLikeAnEnd(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.send("half a ");
              throw new IllegalStateException("on purpose");
            });
    try (Server server = server(model, recorder).start();
        TlsPeer peer = connect(server, "TLSv1.3")) {
      peer.send("go");
      assertThat(peer.receiveText(7)).isEqualTo("half a ");
      assertThatThrownBy(peer::receiveToEnd).isInstanceOf(IOException.class);
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.HANDLER_ERROR);
    }
    recorder.assertSound();
  }

  @EveryModel
  void anIdleConnectionIsTold(IoModel model) throws Exception {
    Duration idle = Duration.ofMillis(300);
    // The handshake is a peer's moving too, and the first of a JVM takes its time.
    OnTime.within(
        idle.dividedBy(2),
        pulse -> {
          Recorder recorder = Recorder.echoing();
          try (Server server = server(model, recorder).idleTimeout(idle).start();
              TlsPeer peer = connect(server, "TLSv1.3")) {
            pulse.beat();
            assertThat(peer.receiveToEnd()).isEmpty();
            assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.IDLE_TIMEOUT);
          }
          recorder.assertSound();
        });
  }

  @EveryModel
  void aServerThatStopsSaysSo(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = server(model, recorder).start();
        TlsPeer peer = connect(server, "TLSv1.3")) {
      assertThat(peer.echoes("hello")).isTrue();
      server.close();
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.SERVER_STOPPED);
    }
    recorder.assertSound();
  }
}
