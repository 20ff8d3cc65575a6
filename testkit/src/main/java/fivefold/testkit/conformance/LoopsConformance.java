package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.StopReport;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Leftovers;
import fivefold.testkit.Numbered;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording;
import fivefold.testkit.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Several loops: the contract is the same. Models without loops take the option and ignore it. */
public class LoopsConformance {
  private static final int CONNECTIONS = 8;
  private static final OutboxLimits ROOMY =
      OutboxLimits.DEFAULT.withBytes(64 << 20).withMessages(1 << 20);

  private static Server start(IoModel model, Recorder recorder, boolean reusePort)
      throws Exception {
    return Servers.recorded(model, recorder)
        .loops(2)
        .workers(CONNECTIONS)
        .reusePort(reusePort)
        .outbox(ROOMY)
        .start();
  }

  @EveryModel
  void everyConnectionIsAnswered(IoModel model) throws Exception {
    for (boolean reusePort : new boolean[] {false, true}) {
      Recorder recorder = Recorder.echoing();
      try (Server server = start(model, recorder, reusePort);
          Crew crew = new Crew()) {
        for (int i = 0; i < CONNECTIONS; i++) {
          String text = "from " + i;
          crew.start(() -> {
            try (Peer peer = Peer.connect(server)) {
              for (int n = 0; n < 200; n++) {
                assertThat(peer.echoes(text)).isTrue();
              }
            }
          });
        }
      }
      assertThat(recorder.closeReasons()).hasSize(CONNECTIONS);
      recorder.assertSound();
    }
  }

  /** Each message of one goes to all: handlers of one loop send to connections of the other. */
  @EveryModel
  void handlersSendAcrossLoops(IoModel model) throws Exception {
    int each = 200;
    Recorder[] self = new Recorder[1];
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              for (Recording other : self[0].recordings()) {
                if (!other.connection().send(data.duplicate())) {
                  throw new AssertionError("refused");
                }
              }
            });
    self[0] = recorder;
    List<Peer> peers = new ArrayList<>();
    try (Server server = start(model, recorder, false);
        Crew crew = new Crew()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        peers.add(Peer.connect(server));
        recorder.connection(i);
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        int sender = i;
        crew.start(() -> {
          for (int n = 0; n < each; n++) {
            peers.get(sender).send(new Numbered(sender, n, 16).encoded().array());
          }
        });
      }
      for (Peer peer : peers) {
        List<Numbered> received = Numbered.read(peer.input(), each * CONNECTIONS);
        for (int sender = 0; sender < CONNECTIONS; sender++) {
          int from = sender;
          assertThat(
                  received.stream()
                      .filter(message -> message.sender() == from)
                      .map(Numbered::number))
              .containsExactlyElementsOf(IntStream.range(0, each).boxed().toList());
        }
      }
      crew.join();
      for (Peer peer : peers) {
        peer.close();
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void oneIsClosedFromTheHandlerOfAnother(IoModel model) throws Exception {
    Recorder[] self = new Recorder[1];
    Recorder recorder =
        new Recorder(() ->
            (connection, data) ->
                self[0].recordings().stream()
                    .map(Recording::connection)
                    .filter(other -> !other.equals(connection))
                    .forEach(Connection::close));
    self[0] = recorder;
    List<Peer> peers = new ArrayList<>();
    try (Server server = start(model, recorder, false)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        peers.add(Peer.connect(server));
        recorder.connection(i);
      }
      peers.getFirst().send("x");
      for (Peer peer : peers.subList(1, CONNECTIONS)) {
        assertThat(peer.receiveToEnd()).isEmpty();
      }
      Await.until("one is left", () -> server.stats().open() == 1);
      peers.getFirst().close();
    }
    assertThat(recorder.closeReasons().stream().filter(why -> why.kind() == Kind.LOCAL_CLOSE))
        .hasSize(CONNECTIONS - 1);
    recorder.assertSound();
  }

  @EveryModel
  void stoppingStopsAllLoops(IoModel model) throws Exception {
    Recorder warm = Recorder.echoing();
    start(model, warm, false).close();
    Leftovers before = Leftovers.before();
    Recorder recorder = Recorder.echoing();
    List<Peer> peers = new ArrayList<>();
    try (Server server = start(model, recorder, true)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        peers.add(Peer.connect(server));
        assertThat(peers.get(i).echoes("x")).isTrue();
      }
      StopReport report = server.stop(Duration.ofSeconds(5));
      assertThat(report.drained()).isEqualTo(CONNECTIONS);
      for (Peer peer : peers) {
        assertThat(peer.receiveToEnd()).isEmpty();
        peer.close();
      }
    }
    before.awaitNone();
    recorder.assertSound();
  }
}
