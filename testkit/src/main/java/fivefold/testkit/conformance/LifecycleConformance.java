package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.testkit.Await;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording;
import fivefold.testkit.Recording.Call;
import fivefold.testkit.Servers;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

/** From {@code onOpen} to {@code onClose}: the order, and what a connection says of itself. */
public class LifecycleConformance {

  @EveryModel
  void callsComeInOrder(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder)) {
      try (Peer peer = Peer.connect(server)) {
        assertThat(peer.echoes("hello")).isTrue();
      }
      recorder.first().awaitClose();
      assertThat(recorder.first().lifecycle())
          .containsExactly(Call.OPEN, Call.RECEIVE, Call.END, Call.CLOSE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void aPeerThatSendsNothingIsOpenedAndClosed(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    try (Server server = Servers.start(model, recorder)) {
      Peer.connect(server).close();
      recorder.first().awaitClose();
      assertThat(recorder.first().lifecycle()).containsExactly(Call.OPEN, Call.END, Call.CLOSE);
    }
    recorder.assertSound();
  }

  @EveryModel
  void onOpenComesBeforeThePeerHasSentAnything(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            new Greeting() {
              @Override
              public void onOpen(Connection connection) {
                connection.send("220 ready");
              }
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.receiveText(9)).isEqualTo("220 ready");
    }
    recorder.assertSound();
  }

  @EveryModel
  void eachConnectionHasItsOwnHandler(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer one = Peer.connect(server);
        Peer two = Peer.connect(server)) {
      assertThat(one.echoes("one")).isTrue();
      assertThat(two.echoes("two")).isTrue();
      recorder.connection(1);
      assertThat(recorder.recordings().stream().map(Recording::receivedText))
          .containsExactlyInAnyOrder("one", "two");
    }
    recorder.assertSound();
  }

  @EveryModel
  void idsAreUniqueAndCountFromOne(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder)) {
      for (int i = 0; i < 5; i++) {
        try (Peer peer = Peer.connect(server)) {
          assertThat(peer.echoes("x")).isTrue();
        }
      }
      assertThat(recorder.recordings().stream().map(one -> one.connection().id()))
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 5).boxed().toList());
    }
  }

  @EveryModel
  void aConnectionKnowsBothAddresses(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Connection connection = recorder.first().connection();
      assertThat(connection.remoteAddress()).isEqualTo(peer.address());
      assertThat(connection.localAddress()).isEqualTo(server.address());
      peer.close();
      recorder.first().awaitClose();
      assertThat(connection.remoteAddress()).as("for a log").isEqualTo(peer.address());
    }
  }

  @EveryModel
  void anAttachmentStays(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            new Greeting() {
              @Override
              public void onOpen(Connection connection) {
                connection.attach("state");
              }
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      recorder.first().awaitReceived(1);
      assertThat(recorder.first().connection().attachment()).isEqualTo("state");
    }
  }

  @EveryModel
  void aConnectionIsOpenUntilClosingBegins(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      assertThat(peer.echoes("x")).isTrue();
      Connection connection = recorder.first().connection();
      assertThat(connection.isOpen()).isTrue();
      connection.close();
      assertThat(connection.isOpen()).isFalse();
      recorder.first().awaitClose();
      assertThat(connection.isOpen()).isFalse();
    }
    recorder.assertSound();
  }

  @EveryModel
  void theServerListsWhatIsOpen(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder)) {
      try (Peer one = Peer.connect(server);
          Peer two = Peer.connect(server)) {
        assertThat(one.echoes("x")).isTrue();
        assertThat(two.echoes("y")).isTrue();
        assertThat(server.connections().stream().map(Connection::remoteAddress))
            .containsExactlyInAnyOrder(one.address(), two.address());
        assertThat(server.stats().open()).isEqualTo(2);
      }
      Await.until("none is listed", () -> server.connections().isEmpty());
      Await.until("none is counted", () -> server.stats().open() == 0);
    }
  }

  @EveryModel
  void theListenerHearsOfBothEnds(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder)) {
      try (Peer peer = Peer.connect(server)) {
        assertThat(peer.echoes("x")).isTrue();
      }
      Await.until("closed is told", () -> !recorder.closeReasons().isEmpty());
      assertThat(recorder.first().isClosed()).as("after the handler was told").isTrue();
      assertThat(recorder.openedConnections()).hasSize(1);
    }
    assertThat(recorder.closeReasons()).containsExactly(recorder.first().awaitClose());
  }

  @EveryModel
  void theStatisticsCount(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder)) {
      for (int i = 0; i < 3; i++) {
        try (Peer peer = Peer.connect(server)) {
          assertThat(peer.echoes("12345")).isTrue();
        }
      }
      Await.until("three are closed", () -> recorder.closeReasons().size() == 3);
      assertThat(server.stats().accepted()).isEqualTo(3);
      assertThat(server.stats().receivedBytes()).isEqualTo(15);
      assertThat(server.stats().sentBytes()).isEqualTo(15);
      assertThat(server.stats().open()).isZero();
      assertThat(server.stats().handlerErrors()).isZero();
    }
  }

  @EveryModel
  void theServerNamesItsModelAndAddress(IoModel model) throws Exception {
    try (Server server = Servers.start(model, Recorder.silent())) {
      assertThat(server.model()).isEqualTo(model);
      assertThat(server.port()).isPositive();
      assertThat(server.address()).hasToString("/127.0.0.1:" + server.port());
    }
  }

  @EveryModel
  void aPortInUseIsNamed(IoModel model) throws Exception {
    try (Server server = Servers.start(model, Recorder.silent())) {
      assertThatThrownBy(
              () -> Server.tcp(server.port(), Recorder.silent()).model(model).start().close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .hasMessageContaining("in use");
    }
  }

  @EveryModel
  void anAddressOfAnotherMachineIsNamed(IoModel model) {
    // TEST-NET-1 (RFC 5737) is nobody's.
    assertThatThrownBy(
            () -> Server.tcp(0, Recorder.silent()).host("192.0.2.1").model(model).start().close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("192.0.2.1")
        .hasMessageContaining("not an address of this machine");
  }

  @EveryModel
  void itServesOnEveryKindOfAddress(IoModel model) throws Exception {
    for (String host : List.of("0.0.0.0", "::1", "::", "localhost")) {
      Recorder recorder = Recorder.echoing();
      try (Server server = Servers.recorded(model, recorder).host(host).start();
          Peer peer = Peer.connect(server)) {
        assertThat(peer.echoes("on " + host)).isTrue();
        assertThat(recorder.first().connection().remoteAddress()).isEqualTo(peer.address());
      }
      recorder.assertSound();
    }
  }

  /** Reads and says nothing: what a test adds is the whole behaviour. */
  private static class Greeting implements fivefold.net.StreamHandler {
    @Override
    public void onReceive(Connection connection, java.nio.ByteBuffer data) {}
  }
}
