package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.CloseReason.Kind;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.tls.TlsClient;
import fivefold.net.tls.TlsIdentity;
import fivefold.net.tls.TlsServer;
import fivefold.net.tls.TlsSession;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import fivefold.testkit.TlsPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Who may come in, and what becomes of those who may not. */
public class TlsHandshakeConformance {
  private static final TlsIdentity IDENTITY = TlsIdentity.selfSigned();
  private static final TlsIdentity STRANGER = TlsIdentity.selfSigned();

  private static Server start(IoModel model, Recorder recorder, TlsServer tls) throws IOException {
    return Servers.recorded(model, recorder).layer(tls).start();
  }

  private static void assertUnheard(Recorder recorder, String... words) {
    Await.until("the server says why", () -> !recorder.failures().isEmpty());
    assertThat(recorder.failures().getFirst()).hasMessageContainingAll(words);
    Await.until("it is closed", () -> recorder.closeReasons().size() == 1);
    assertThat(recorder.closeReasons().getFirst().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
    assertThat(recorder.recordings().getFirst().calls()).isEmpty();
  }

  @EveryModel
  void plainTextIsRefusedInPlainWords(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = start(model, recorder, TlsServer.of(IDENTITY));
        Peer peer = Peer.connect(server)) {
      peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(peer.receiveToEndOrReset()).isEmpty();
      assertUnheard(recorder, "GET / HTTP/1.1", "https:");
    }
  }

  @EveryModel
  void oneThatDoesNotTrustTheServerIsNotServed(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    SSLContext mistrusting = TlsPeer.context(STRANGER, null);
    try (Server server = start(model, recorder, TlsServer.of(IDENTITY))) {
      assertThatThrownBy(() -> TlsPeer.connect(server, mistrusting, "TLSv1.3"))
          .isInstanceOf(IOException.class);
      assertUnheard(recorder, "TLS", "certificate");
    }
  }

  @EveryModel
  void clientsShowWhoTheyAre(IoModel model) throws Exception {
    TlsIdentity known = TlsIdentity.selfSigned("client.example");
    TlsServer tls =
        TlsServer.builder()
            .identity(IDENTITY)
            .clientAuthorities(List.of(known.chain().getFirst()))
            .build();
    Recorder recorder = Recorder.echoing();
    try (Server server = start(model, recorder, tls);
        TlsPeer peer = TlsPeer.connect(server, TlsPeer.context(IDENTITY, known), "TLSv1.3")) {
      assertThat(peer.echoes("it is me")).isTrue();
      TlsSession session = Objects.requireNonNull(TlsSession.of(recorder.first().connection()));
      assertThat(session.peerCertificates()).containsExactly(known.chain().getFirst());
    }
    Recorder nobody = Recorder.echoing();
    try (Server server = start(model, nobody, tls)) {
      SSLContext anonymous = TlsPeer.context(IDENTITY, null);
      // By TLS 1.3 the client is done before it hears that it was refused.
      assertThatThrownBy(
              () -> {
                try (TlsPeer peer = TlsPeer.connect(server, anonymous, "TLSv1.3")) {
                  peer.echoes("let me in");
                }
              })
          .isInstanceOf(IOException.class);
      assertUnheard(nobody, "TLS", "certificate");
    }
  }

  @EveryModel
  void aSilentPeerIsNotWaitedForForEver(IoModel model) throws Exception {
    TlsServer hasty =
        TlsServer.builder().identity(IDENTITY).handshakeTimeout(Duration.ofMillis(100)).build();
    Recorder recorder = Recorder.echoing();
    try (Server server = start(model, recorder, hasty);
        Peer peer = Peer.connect(server)) {
      peer.send(new byte[] {22, 3, 1});
      assertThat(peer.receiveToEndOrReset()).isEmpty();
      assertUnheard(recorder, "handshake", "100 ms");
    }
  }

  @EveryModel
  void aHandshakeByteByByte(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    SSLContext context = TlsPeer.context(IDENTITY, null);
    try (Server server = start(model, recorder, TlsServer.of(IDENTITY));
        SlowRelay relay = new SlowRelay(server.port());
        SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket("localhost", relay.port())) {
      socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
      assertThat(socket.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }

  @EveryModel
  void theSecondHandshakeIsShort(IoModel model) throws Exception {
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      Recorder recorder = Recorder.echoing();
      SSLContext context = TlsPeer.context(IDENTITY, null);
      try (Server server = start(model, recorder, TlsServer.of(IDENTITY))) {
        long began = echoAndEnd(server, context, protocol).getCreationTime();
        long later = System.currentTimeMillis();
        Await.until("the clock moves", () -> System.currentTimeMillis() > later + 1);
        // Resumed, it is the session of before; a new one would have begun just now.
        assertThat(echoAndEnd(server, context, protocol).getCreationTime()).isEqualTo(began);
      }
      recorder.assertSound();
    }
  }

  private static SSLSession echoAndEnd(Server server, SSLContext context, String protocol)
      throws IOException {
    try (TlsPeer peer = TlsPeer.connect(server, context, protocol)) {
      // The ticket of TLS 1.3 comes with the first bytes that are read.
      assertThat(peer.echoes("hello")).isTrue();
      SSLSession session = peer.tls().getSession();
      peer.tls().close();
      return session;
    }
  }

  @EveryModel
  void renegotiationIsRefused(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = start(model, recorder, TlsServer.of(IDENTITY));
        TlsPeer peer = TlsPeer.connect(server, TlsPeer.context(IDENTITY, null), "TLSv1.2")) {
      assertThat(peer.echoes("hello")).isTrue();
      assertThatThrownBy(
              () -> {
                peer.tls().startHandshake();
                peer.echoes("again");
              })
          .isInstanceOf(IOException.class);
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
      assertThat(recorder.failures().getFirst()).hasMessageContaining("renegotiate");
    }
  }

  @EveryModel
  void theNameAndTheProtocolAreAgreedOn(IoModel model) throws Exception {
    TlsIdentity other = TlsIdentity.selfSigned("other.example");
    TlsServer tls =
        TlsServer.builder()
            .identity(IDENTITY)
            .identity(other)
            .applicationProtocols("h2", "http/1.1")
            .build();
    Recorder recorder = Recorder.echoing();
    SSLContext context = TlsPeer.context(other, null);
    try (Server server = start(model, recorder, tls);
        TlsPeer peer = TlsPeer.prepare(server, context, "TLSv1.3")) {
      SSLParameters parameters = peer.tls().getSSLParameters();
      parameters.setServerNames(List.of(new javax.net.ssl.SNIHostName("other.example")));
      parameters.setApplicationProtocols(new String[] {"http/1.1"});
      peer.tls().setSSLParameters(parameters);
      assertThat(peer.echoes("hello")).isTrue();
      assertThat(peer.tls().getApplicationProtocol()).isEqualTo("http/1.1");
      assertThat(peer.tls().getSession().getPeerCertificates())
          .containsExactly(other.chain().getFirst());
      TlsSession session = Objects.requireNonNull(TlsSession.of(recorder.first().connection()));
      assertThat(session.applicationProtocol()).isEqualTo("http/1.1");
      assertThat(session.serverName()).isEqualTo("other.example");
    }
    recorder.assertSound();
  }

  /** Who speaks first by TLS is not who has connected: the layer is the same. */
  @EveryModel
  void theLayerOfAClient(IoModel model) throws Exception {
    TlsClient tls =
        TlsClient.builder()
            .authorities(List.of(IDENTITY.chain().getFirst()))
            .applicationProtocols("echo")
            .build();
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.recorded(model, recorder).layer(tls.to("localhost", 443)).start();
        TlsPeer peer = TlsPeer.prepare(server, TlsPeer.context(STRANGER, IDENTITY), "TLSv1.3");
        Crew crew = new Crew()) {
      peer.tls().setUseClientMode(false);
      SSLParameters parameters = peer.tls().getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"echo"});
      peer.tls().setSSLParameters(parameters);
      crew.start(() -> assertThat(peer.echoes("from server to client and back")).isTrue());
      TlsSession session = Objects.requireNonNull(TlsSession.of(recorder.first().connection()));
      assertThat(session.applicationProtocol()).isEqualTo("echo");
      assertThat(session.peerCertificates()).containsExactly(IDENTITY.chain().getFirst());
    }
    assertThat(recorder.failures()).isEmpty();
    recorder.assertSound();
  }
}
