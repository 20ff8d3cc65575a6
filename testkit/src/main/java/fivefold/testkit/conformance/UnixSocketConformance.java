package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.ModelUnavailableException;
import fivefold.net.OutboxLimits;
import fivefold.net.PeerCredentials;
import fivefold.net.Server;
import fivefold.net.StopReport;
import fivefold.net.StreamHandler;
import fivefold.net.StreamServerBuilder;
import fivefold.net.UnixSockets;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Pattern;
import fivefold.testkit.Recorder;
import fivefold.testkit.UnixPeer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Unix sockets on every model that can listen on them. */
public class UnixSocketConformance {
  private static final int MUCH_BYTES = 6_000_000;
  private static final int MANY = 200;

  @TempDir Path directory;

  private Path path() {
    return directory.resolve("server.sock");
  }

  private StreamServerBuilder at(
      Path path, IoModel model, Supplier<? extends StreamHandler> handlers) {
    if (model.unixSockets() == UnixSockets.NONE) {
      throw new TestAbortedException(model + " does not serve Unix sockets");
    }
    return Server.unix(path, handlers).model(model);
  }

  private Server start(IoModel model, Recorder recorder) throws IOException {
    return at(path(), model, recorder).listener(recorder).start();
  }

  /** As a server that was killed leaves it. */
  private void leaveStaleSocket() throws IOException {
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path()));
    }
    assertThat(path()).exists();
  }

  @EveryModel
  void echoes(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = start(model, recorder);
        UnixPeer peer = UnixPeer.connect(server)) {
      peer.send("hello");
      assertThat(peer.receiveText(5)).isEqualTo("hello");
      Connection connection = recorder.first().connection();
      assertThat(connection.remoteAddress()).isEqualTo(UnixDomainSocketAddress.of(""));
      assertThat(connection.localAddress()).isEqualTo(server.address());
      assertThat(server.address()).isEqualTo(UnixDomainSocketAddress.of(path()));
      assertThatThrownBy(server::port)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the Unix socket " + path() + " has no port");
    }
    recorder.assertSound();
  }

  @EveryModel
  void bringsMuchBothWaysInOrder(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    OutboxLimits roomy = OutboxLimits.DEFAULT.withBytes(16 << 20);
    byte[] sent = new Pattern(3).bytes(0, MUCH_BYTES);
    try (Server server = at(path(), model, recorder).outbox(roomy).listener(recorder).start();
        UnixPeer peer = UnixPeer.connect(server);
        Crew crew = new Crew()) {
      crew.start(() -> peer.send(sent).halfClose());
      byte[] received = peer.receive(MUCH_BYTES);
      new Pattern(3).check(0, ByteBuffer.wrap(received));
      assertThat(peer.isAtEnd()).isTrue();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(CloseReason.Kind.PEER_CLOSED);
    }
    recorder.assertSound();
  }

  @EveryModel
  void eachSideEndsByItself(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            new StreamHandler() {
              @Override
              public void onReceive(Connection connection, ByteBuffer data) {}

              @Override
              public void onEnd(Connection connection) {
                connection.send("after the end");
                connection.close();
              }
            });
    try (Server server = start(model, recorder);
        UnixPeer peer = UnixPeer.connect(server)) {
      peer.send("request").halfClose();
      assertThat(peer.receiveText(13)).isEqualTo("after the end");
      assertThat(peer.isAtEnd()).isTrue();
    }
    recorder.assertSound();
  }

  @EveryModel
  void servesMany(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    List<UnixPeer> peers = new ArrayList<>();
    try (Server server =
        at(path(), model, recorder).loops(2).workers(MANY).listener(recorder).start()) {
      for (int i = 0; i < MANY; i++) {
        peers.add(UnixPeer.connect(server).send("number " + i));
      }
      for (int i = 0; i < MANY; i++) {
        String expected = "number " + i;
        assertThat(peers.get(i).receiveText(expected.length())).isEqualTo(expected);
      }
      assertThat(server.stats().accepted()).isEqualTo(MANY);
      for (UnixPeer peer : peers) {
        peer.close();
      }
      Await.until("all are closed", () -> recorder.closeReasons().size() == MANY);
    } finally {
      for (UnixPeer peer : peers) {
        peer.close();
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void stoppingAnswersWhatHasComeAndRemovesTheFile(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    Server server = start(model, recorder);
    try (UnixPeer idle = UnixPeer.connect(server);
        UnixPeer peer = UnixPeer.connect(server)) {
      idle.send("x").receive(1);
      peer.send("hello").receive(5);
      StopReport report = server.stop(Duration.ofSeconds(20));
      assertThat(report.aborted()).isZero();
      assertThat(peer.isAtEnd()).isTrue();
      assertThat(idle.isAtEnd()).isTrue();
      assertThat(path()).doesNotExist();
      assertThat(directory).isEmptyDirectory();
    } finally {
      server.close();
    }
    recorder.assertSound();
  }

  @EveryModel
  void onlyTheOwnerMayConnectUnlessTold(IoModel model) throws Exception {
    try (Server server = start(model, Recorder.echoing())) {
      assertThat(server.address()).isNotNull();
      assertThat(permissions()).isEqualTo("rw-------");
    }
    var group = PosixFilePermissions.fromString("rw-rw----");
    try (Server server = at(path(), model, Recorder.echoing()).permissions(group).start()) {
      assertThat(server.address()).isNotNull();
      assertThat(permissions()).isEqualTo("rw-rw----");
    }
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path()));
  }

  @EveryModel
  void aSocketThatADeadServerLeftIsReplaced(IoModel model) throws Exception {
    leaveStaleSocket();
    try (Server server = start(model, Recorder.echoing());
        UnixPeer peer = UnixPeer.connect(server)) {
      peer.send("x");
      assertThat(peer.receiveText(1)).isEqualTo("x");
    }
    assertThat(path()).doesNotExist();
  }

  @EveryModel
  void aLiveServerKeepsItsSocket(IoModel model) throws Exception {
    try (Server server = start(model, Recorder.echoing())) {
      assertThatThrownBy(() -> start(model, Recorder.echoing()))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot listen on unix:"
                  + path()
                  + ": it is in use; stop the other server or choose another");
      try (UnixPeer peer = UnixPeer.connect(server)) {
        peer.send("still");
        assertThat(peer.receiveText(5)).isEqualTo("still");
      }
    }
  }

  @EveryModel
  void aFileThatIsNoSocketIsNeverRemoved(IoModel model) throws Exception {
    Files.writeString(path(), "precious");
    StreamServerBuilder builder = at(path(), model, Recorder.echoing());
    assertThatThrownBy(builder::start)
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("a file that is no socket is there; choose another path");
    assertThat(path()).hasContent("precious");
  }

  @EveryModel
  void theFileOfAnotherServerIsNotRemovedAtStop(IoModel model) throws Exception {
    Server server = start(model, Recorder.echoing());
    try {
      Files.delete(path());
      Files.writeString(path(), "of another");
    } finally {
      server.close();
    }
    assertThat(path()).hasContent("of another");
  }

  @EveryModel
  void thePeerIsKnownWhereTheModelTells(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = start(model, recorder);
        UnixPeer peer = UnixPeer.connect(server)) {
      peer.send("x").receive(1);
      Optional<PeerCredentials> known = PeerCredentials.of(recorder.first().connection());
      if (model.unixSockets() == UnixSockets.FILES) {
        assertThat(known).isEmpty();
      } else {
        assertThat(known).isPresent();
        assertThat(known.get().pid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(known.get().uid()).isEqualTo(owner("unix:uid"));
        assertThat(known.get().gid()).isNotNegative();
      }
    }
  }

  private long owner(String attribute) throws IOException {
    return ((Number) Files.getAttribute(directory, attribute)).longValue();
  }

  @EveryModel
  void aTcpPeerHasNoCredentials(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Server.tcp(0, recorder).model(model).start();
        fivefold.testkit.Peer peer = fivefold.testkit.Peer.connect(server)) {
      assertThat(peer.echoes("x")).isTrue();
      assertThat(PeerCredentials.of(recorder.first().connection())).isEmpty();
    }
  }

  @EveryModel
  void anAbstractNameIsServedOrRefusedInOneLine(IoModel model) throws Exception {
    String name = "@fivefold-" + UUID.randomUUID();
    StreamServerBuilder builder = Server.unix(name, Recorder.echoing()).model(model);
    if (model.unixSockets() != UnixSockets.FILES_AND_NAMES) {
      assertThatThrownBy(builder::start)
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContaining("choose");
      return;
    }
    try (Server server = builder.start();
        AbstractPeer peer = new AbstractPeer(name)) {
      assertThat(peer.echoes((byte) 'x')).isTrue();
      assertThat(server.address()).hasToString(name);
      assertThatThrownBy(() -> Server.unix(name, Recorder.echoing()).model(model).start())
          .hasMessageEndingWith("it is in use; stop the other server or choose another");
    }
    assertThat(Path.of(name)).doesNotExist();
  }
}
