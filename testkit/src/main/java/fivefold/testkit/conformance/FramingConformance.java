package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.framing.Framing;
import fivefold.net.framing.LineHandler;
import fivefold.testkit.Await;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * {@link Framing} on real sockets: how bytes are cut into reads is the model's and the kernel's.
 */
public class FramingConformance {

  @EveryModel
  void linesArriveWholeHoweverTheyAreSent(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            Framing.lines(1000, (peer, line) -> peer.sendLine(line.toUpperCase(Locale.ROOT))));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      Random random = new Random(11);
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        lines.append("größe ").append("x".repeat(random.nextInt(300))).append('\n');
      }
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      for (int from = 0; from < bytes.length; ) {
        int next = Math.min(bytes.length, from + 1 + random.nextInt(700));
        peer.send(Arrays.copyOfRange(bytes, from, next));
        from = next;
      }
      peer.halfClose();
      assertThat(peer.receiveTextToEnd()).isEqualTo(lines.toString().toUpperCase(Locale.ROOT));
    }
    recorder.assertSound();
  }

  @EveryModel
  void lengthPrefixedFramesArriveWhole(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            Framing.lengthPrefix(
                2, 60_000, (peer, frame) -> peer.sendLine("" + frame.remaining())));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send(new byte[] {0, 3, 1, 2, 3, 0, 0, (byte) (50_000 >> 8), (byte) 50_000});
      peer.send(new byte[50_000]);
      assertThat(peer.receiveText(10)).isEqualTo("3\n0\n50000\n");
      peer.send(new byte[] {-1, -1});
      peer.receiveToEndOrReset();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
    }
    recorder.assertSound();
  }

  /** Each line pauses; what had come with it waits for the resume of another thread. */
  @EveryModel
  void pausingHoldsBetweenTwoLinesOfOneRead(IoModel model) throws Exception {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    List<Connection> paused = Collections.synchronizedList(new ArrayList<>());
    Recorder recorder =
        new Recorder(() ->
            Framing.lines(
                100,
                new LineHandler() {
                  @Override
                  public void onLine(Connection peer, String line) {
                    peer.pauseReading();
                    heard.add(line);
                    paused.add(peer);
                  }

                  @Override
                  public void onEnd(Connection peer) {
                    heard.add("end");
                    peer.close();
                  }
                }));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("a\nb\nc\nlast").halfClose();
      for (int lines = 1; lines <= 4; lines++) {
        int expected = lines;
        Await.until("line " + lines, () -> heard.size() >= expected);
        if (lines < 4) {
          Await.during(Duration.ofMillis(20), "no more", () -> heard.size() == expected);
        }
        paused.getLast().resumeReading();
      }
      assertThat(peer.receiveToEnd()).isEmpty();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PEER_CLOSED);
      assertThat(heard).containsExactly("a", "b", "c", "last", "end");
    }
    recorder.assertSound();
  }

  @EveryModel
  void aHeldLineThatIsTooLongIsThePeersFault(IoModel model) throws Exception {
    Recorder recorder =
        new Recorder(() ->
            Framing.lines(
                5,
                (peer, line) -> {
                  peer.pauseReading();
                  peer.schedule(Duration.ofMillis(5), peer::resumeReading);
                }));
    try (Server server = Servers.start(model, recorder);
        Peer peer = Peer.connect(server)) {
      peer.send("ok\ntoo long\n");
      peer.receiveToEndOrReset();
      assertThat(recorder.first().awaitClose().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
    }
    recorder.assertSound();
  }
}
