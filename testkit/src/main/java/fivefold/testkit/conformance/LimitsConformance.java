package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.testkit.Await;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;

/** The limit of connections. */
public class LimitsConformance {

  @EveryModel
  void connectionsBeyondTheLimitAreClosedAndCounted(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.recorded(model, recorder).connectionLimit(2).start();
        Peer one = Peer.connect(server);
        Peer two = Peer.connect(server)) {
      assertThat(one.echoes("one")).isTrue();
      assertThat(two.echoes("two")).isTrue();
      for (int surplus = 1; surplus <= 3; surplus++) {
        try (Peer refused = Peer.connect(server)) {
          assertThat(refused.receiveToEndOrReset()).isEmpty();
        }
        int expected = surplus;
        Await.until("it is counted", () -> server.stats().refused() == expected);
      }
      Await.until("each is told", () -> recorder.refusals().size() == 3);
      assertThat(recorder.refusals()).allMatch(why -> why.contains("2"));
      assertThat(recorder.recordings()).as("no handler heard of them").hasSize(2);
      assertThat(server.stats().open()).isEqualTo(2);
      assertThat(one.echoes("undisturbed")).isTrue();

      two.close();
      Await.until("there is room again", () -> server.stats().open() == 1);
      try (Peer next = Peer.connect(server)) {
        assertThat(next.echoes("next")).isTrue();
      }
    }
    recorder.assertSound();
  }

  @EveryModel
  void whatIsRefusedIsNoOpenConnection(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.recorded(model, recorder).connectionLimit(1).start();
        Peer one = Peer.connect(server)) {
      assertThat(one.echoes("one")).isTrue();
      try (Peer refused = Peer.connect(server)) {
        refused.receiveToEndOrReset();
      }
      assertThat(server.connections().stream().map(Connection::remoteAddress))
          .containsExactly(one.address());
      assertThat(recorder.openedConnections()).hasSize(1);
    }
    assertThat(recorder.closeReasons()).hasSize(1);
  }
}
