package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.testkit.Await;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Leftovers;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The sets of select(2) end at descriptor 1023. */
public class SelectConformance {

  /** Takes every descriptor below 1024, as a process with many open files has. */
  private static final class Filler implements AutoCloseable {
    private final List<FileInputStream> open = new ArrayList<>();

    Filler() throws IOException {
      while (Leftovers.descriptors() < 1100) {
        for (int i = 0; i < 50; i++) {
          open.add(new FileInputStream("/dev/null"));
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (FileInputStream each : open) {
        each.close();
      }
    }
  }

  @EveryModel(only = IoModel.SELECT)
  void aConnectionBeyondTheSetsIsClosedAndTheOthersGoOn(IoModel model) throws Exception {
    Recorder recorder = Recorder.echoing();
    try (Server server = Servers.start(model, recorder);
        Peer low = Peer.connect(server)) {
      assertThat(low.echoes("low")).isTrue();
      try (Filler _ = new Filler()) {
        for (int surplus = 1; surplus <= 3; surplus++) {
          try (Peer high = Peer.connect(server)) {
            assertThat(high.receiveToEndOrReset()).isEmpty();
          }
          int expected = surplus;
          Await.until("it is counted", () -> server.stats().refused() == expected);
          assertThat(low.echoes("goes on")).isTrue();
        }
      }
      Await.until("each is told", () -> recorder.refusals().size() == 3);
      assertThat(recorder.refusals())
          .allMatch(why -> why.contains("select(2)") && why.contains("1023"))
          .allMatch(why -> why.contains("epoll"), "says what to do");
      assertThat(server.stats().open()).isEqualTo(1);
      try (Peer again = Peer.connect(server)) {
        assertThat(again.echoes("low again")).isTrue();
      }
    }
    recorder.assertSound();
  }

  @EveryModel(only = IoModel.SELECT)
  void aServerThatCannotWatchItsOwnSocketDoesNotStart(IoModel model) throws Exception {
    try (Filler _ = new Filler()) {
      long before = Leftovers.descriptors();
      assertThatThrownBy(() -> Servers.start(model, Recorder.silent()).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("1023");
      Await.until("nothing stays open", () -> Leftovers.descriptors() <= before);
    }
  }
}
