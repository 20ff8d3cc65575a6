package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.IoModel;
import fivefold.testkit.Await;
import fivefold.testkit.ChildJvm;
import fivefold.testkit.EchoProcess;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.ProcessorTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Descriptors run out: accepting pauses, and goes on when there are some again. */
public class ExhaustionConformance {
  private static final int DESCRIPTORS = 100;
  private static final int CONNECTIONS = 130;

  @EveryModel
  void acceptingPausesAndRecovers(IoModel model, @TempDir Path folder) throws Exception {
    List<Peer> peers = new ArrayList<>();
    try (ChildJvm child =
        new ChildJvm(DESCRIPTORS, folder, EchoProcess.class, model.word(), "" + CONNECTIONS)) {
      int port = Integer.parseInt(child.awaitLine("PORT"));
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          peers.add(Peer.connect(port));
        }
        assertThat(child.awaitLine("PAUSED")).isNotEmpty();
        assertThat(peers.getFirst().echoes("those inside are served")).isTrue();

        if (model != IoModel.NONBLOCKING) {
          // Busy polling spins by its nature; no other model may.
          ProcessorTime.awaitRest(child::processorTime);
        }
        assertThat(child.output().stream().filter(line -> line.startsWith("PAUSED")))
            .as("the log is not flooded")
            .hasSizeLessThan(100);

        // The first half leaves; those that waited in the backlog come in.
        for (int i = 0; i < CONNECTIONS / 2; i++) {
          peers.get(i).close();
        }
        for (int i = CONNECTIONS / 2; i < CONNECTIONS; i++) {
          assertThat(peers.get(i).echoes("number " + i)).isTrue();
        }
        assertThat(child.said("FAILED")).isFalse();
        assertThat(child.said("REFUSED")).as("to wait is not to be refused").isFalse();
      } finally {
        for (Peer peer : peers) {
          peer.close();
        }
      }
      assertThat(child.end()).as("%s", child.output()).isZero();
      Await.until("it ends in order", () -> child.said("ENDED"));
    }
  }
}
