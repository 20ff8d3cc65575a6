package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
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
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls and tasks of one connection never overlap, whoever asks for them. */
public class OverlapConformance {
  private static final OutboxLimits ROOMY =
      OutboxLimits.DEFAULT.withBytes(64 << 20).withMessages(1 << 20);

  @EveryModel
  void callsAndTasksOfManyThreadsDoNotOverlap(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    AtomicInteger ran = new AtomicInteger();
    try (Server server = Servers.recorded(model, recorder).outbox(ROOMY).start();
        Peer peer = Peer.connect(server)) {
      peer.send("x");
      Recording recording = recorder.first();
      Connection connection = recording.connection();
      try (Crew crew = new Crew()) {
        for (int i = 0; i < 3; i++) {
          crew.start(() -> {
            for (int n = 0; n < 500; n++) {
              connection.execute(recording.guarded(ran::incrementAndGet));
              connection.schedule(
                  Duration.ofNanos(n * 1000L), recording.guarded(ran::incrementAndGet));
              connection.send("from outside");
              if (n % 50 == 0) {
                connection.pauseReading();
                connection.resumeReading();
              }
            }
          });
        }
        crew.start(() -> {
          for (int n = 0; n < 500; n++) {
            peer.send("some more bytes");
          }
        });
        peer.receive(1 + 500 * 15 + 3 * 500 * 12);
      }
      Await.until("every task ran", () -> ran.get() == 3 * 500 * 2);
      recorder.assertSound();
    }
    recorder.assertSound();
  }

  @EveryModel
  void tasksRunOnceEachAndInTheOrderOfTheirThread(IoModel model) throws Exception {
    Recorder recorder = Recorder.silent();
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Recording recording = recorder.first();
      for (int i = 0; i < 1000; i++) {
        int number = i;
        recording.connection().execute(recording.guarded(() -> ran.add(number)));
      }
      Await.until("all ran", () -> ran.size() >= 1000);
      assertThat(ran).hasSize(1000).isSorted();
      assertThat(peer.socket().isConnected()).isTrue();
    }
    recorder.assertSound();
  }

  /** Not inside the call that asked: a handler is never entered twice. */
  @EveryModel
  void aTaskOfAHandlerRunsAfterTheCall(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            (connection, data) -> {
              connection.execute(() -> connection.send("2"));
              connection.execute(() -> {
                connection.execute(() -> connection.send("4"));
                connection.send("3");
              });
              connection.send("1");
            });
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("go");
      assertThat(peer.receiveText(4)).isEqualTo("1234");
    }
    recorder.assertSound();
  }

  @EveryModel
  void connectionsAreServedTogether(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.recorded(model, recorder).workers(4).start();
        Crew crew = new Crew()) {
      for (int i = 0; i < 4; i++) {
        String text = "from " + i;
        crew.start(() -> {
          try (Peer peer = Peer.connect(server)) {
            for (int n = 0; n < 500; n++) {
              assertThat(peer.echoes(text)).isTrue();
            }
          }
        });
      }
    }
    recorder.assertSound();
  }
}
