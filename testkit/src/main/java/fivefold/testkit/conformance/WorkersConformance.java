package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.testkit.Await;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Recording;
import fivefold.testkit.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Who runs the handler: what the models with workers promise beyond the contract. */
public class WorkersConformance {

  @EveryModel(only = IoModel.POOL)
  void oneConnectionTooManyWaitsAndIsServedWhenAnotherEnds(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.recorded(model, recorder).workers(2).start();
        Peer one = Peer.connect(server);
        Peer two = Peer.connect(server)) {
      assertThat(one.echoes("one")).isTrue();
      assertThat(two.echoes("two")).isTrue();
      assertThat(recorder.warnings()).isEmpty();
      try (Peer three = Peer.connect(server)) {
        three.send("three");
        Await.until("the operator is told", () -> !recorder.warnings().isEmpty());
        assertThat(recorder.warnings().getFirst()).contains("2").contains("wait");
        Await.during(Duration.ofMillis(60), "it waits", () -> three.input().available() == 0);
        assertThat(one.echoes("undisturbed")).isTrue();
        two.close();
        assertThat(three.receiveText(5)).isEqualTo("three");
      }
    }
    recorder.assertSound();
  }

  @EveryModel(only = IoModel.POOL)
  void thoseWhoWaitDoNotHoldUpTheStop(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    Server server = Servers.recorded(model, recorder).workers(1).start();
    try (server;
        Peer one = Peer.connect(server);
        Peer waiting = Peer.connect(server)) {
      assertThat(one.echoes("one")).isTrue();
      waiting.send("hello?");
      Await.until("it waits", () -> !recorder.warnings().isEmpty());
      Duration drain = Await.PATIENCE;
      assertThat(server.stop(drain).tookNanos()).isLessThan(drain.toNanos() / 2);
      waiting.receiveToEndOrReset();
    }
    recorder.assertSound();
  }

  /** On these a handler that blocks delays its own connection only. */
  @EveryModel(only = {IoModel.THREAD, IoModel.POOL, IoModel.VIRTUAL, IoModel.EPOLL_POOL})
  void aHandlerThatBlocksDelaysNoOther(IoModel model) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              if (data.get(data.position()) == 'b') {
                release.await();
              }
              connection.send(data);
            });
    try (Server server = Servers.recorded(model, recorder).workers(3).start();
        Peer blocked = Peer.connect(server);
        Peer other = Peer.connect(server)) {
      try {
        blocked.send("block");
        recorder.connection(0);
        for (int i = 0; i < 20; i++) {
          assertThat(other.echoes("meanwhile")).isTrue();
        }
      } finally {
        release.countDown();
      }
      assertThat(blocked.receiveText(5)).isEqualTo("block");
    }
    recorder.assertSound();
  }

  /** Bytes keep coming while a worker handles the last ones: no second worker may take them. */
  @EveryModel(only = IoModel.EPOLL_POOL)
  void noConnectionIsEverHandledTwiceAtOnce(IoModel model) throws Exception {
    int messages = 20_000;
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.recorded(model, recorder).workers(8).start();
        Crew crew = new Crew()) {
      List<Peer> peers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Peer peer = Peer.connect(server);
        peers.add(peer);
        Recording recording = recorder.connection(i);
        Connection connection = recording.connection();
        crew.start(() -> {
          for (int n = 0; n < messages; n++) {
            peer.send("x");
            if (n % 16 == 0) {
              connection.execute(recording.guarded(() -> {}));
            }
          }
        });
        crew.start(() -> peer.receive(messages));
      }
      crew.join();
      for (Peer peer : peers) {
        peer.close();
      }
    }
    recorder.assertSound();
  }
}
