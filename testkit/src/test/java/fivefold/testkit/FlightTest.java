package fivefold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.IoModel;
import fivefold.net.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server meets is in Flight Recorder's file. */
@Timeout(120)
final class FlightTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"VIRTUAL", "EPOLL", "NIO", "IO_URING"})
  void eventsAreRecorded(IoModel model) throws IOException {
    assumeTrue(model.availability().isAvailable());
    Path file = folder.resolve(model.word() + ".jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      serve(model);
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);

    assertThat(named(events, "ConnectionOpened")).hasSize(2);
    assertThat(named(events, "ConnectionRefused"))
        .singleElement()
        .satisfies(event -> assertThat(event.getString("why")).contains("limit of 2"));
    assertThat(named(events, "ConnectionClosed"))
        .extracting(event -> event.getString("reason"))
        .containsExactlyInAnyOrder("PEER_CLOSED", "HANDLER_ERROR");
    assertThat(named(events, "HandlerFailed"))
        .singleElement()
        .satisfies(event -> assertThat(event.getString("error")).contains("as planned"));
    assertThat(named(events, "HandlerCall"))
        .as("the slow call, and none of the quick ones by the threshold")
        .filteredOn(event -> event.getDuration().compareTo(Duration.ofMillis(400)) >= 0)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getString("call")).isEqualTo("RECEIVE");
          assertThat(event.getString("peer")).contains("127.0.0.1");
        });
    if (model != IoModel.VIRTUAL) {
      assertThat(named(events, "LoopStall"))
          .anySatisfy(event -> {
            assertThat(event.getString("stack")).contains("Thread.sleep");
            assertThat(event.getDuration("length")).isGreaterThan(Duration.ofMillis(100));
          });
    }
  }

  /** Echoes; sleeps at s, throws at t. */
  private static void serve(IoModel model) throws IOException {
    try (Server server =
        Server.tcp(
                0,
                () ->
                    (connection, data) -> {
                      int first = data.get(data.position());
                      if (first == 's') {
                        Thread.sleep(500);
                      } else if (first == 't') {
                        throw new IllegalStateException("as planned");
                      }
                      connection.send(data);
                    })
            .model(model)
            .stallLimit(Duration.ofMillis(100))
            .connectionLimit(2)
            .start()) {
      try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port());
          Socket failing = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        slow.getOutputStream().write('s');
        assertThat(slow.getInputStream().read()).isEqualTo('s');
        slow.getOutputStream().write('q');
        assertThat(slow.getInputStream().read()).isEqualTo('q');
        await().until(() -> server.stats().open() == 2);
        try (Socket third = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
          assertThat(third.getInputStream().read()).isEqualTo(-1);
        }
        failing.getOutputStream().write('t');
        assertThat(failing.getInputStream().read()).isEqualTo(-1);
      }
      await().until(() -> server.stats().open() == 0);
      assertThat(server.stats().handlerErrors()).isEqualTo(1);
    }
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("fivefold." + name))
        .toList();
  }
}
