package fivefold.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.CloseReason.Kind;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.StreamHandler;
import fivefold.net.framing.Framing;
import fivefold.testkit.Crew;
import fivefold.testkit.EveryModel;
import fivefold.testkit.Peer;
import fivefold.testkit.Recorder;
import fivefold.testkit.Servers;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** While one peer does its worst, another is answered as ever. */
public class HostilePeerConformance {
  private static final int LINE_LIMIT_BYTES = 4096;

  private static StreamHandler lines() {
    return Framing.lines(LINE_LIMIT_BYTES, Connection::sendLine);
  }

  private interface Attack {
    void on(Server server) throws Exception;
  }

  /** Runs the attack while a well-behaved peer goes on all the time. */
  private static Recorder survives(IoModel model, Attack attack) throws Exception {
    Recorder recorder = new Recorder(HostilePeerConformance::lines);
    try (Server server =
            Servers.recorded(model, recorder)
                .sendBufferBytes(8192)
                .idleTimeout(Duration.ofSeconds(1))
                .start();
        Peer good = Peer.connect(server);
        Crew crew = new Crew()) {
      assertThat(good.echoes("before\n")).isTrue();
      AtomicBoolean over = new AtomicBoolean();
      crew.start(() -> {
        while (!over.get()) {
          assertThat(good.echoes("meanwhile\n")).isTrue();
        }
      });
      try {
        attack.on(server);
      } finally {
        over.set(true);
      }
      crew.join();
      assertThat(good.echoes("after\n")).isTrue();
      try (Peer next = Peer.connect(server)) {
        assertThat(next.echoes("new\n")).isTrue();
      }
    }
    recorder.assertSound();
    return recorder;
  }

  @EveryModel
  void peersThatReset(IoModel model) throws Exception {
    survives(
        model,
        server -> {
          for (int i = 0; i < 50; i++) {
            Peer peer = Peer.connect(server);
            if (i % 2 == 0) {
              peer.send("half a li");
            }
            peer.reset();
          }
        });
  }

  @EveryModel
  void peersThatEndInTheMiddle(IoModel model) throws Exception {
    survives(
        model,
        server -> {
          for (int i = 0; i < 20; i++) {
            try (Peer peer = Peer.connect(server)) {
              peer.send("one\nhalf a li").halfClose();
              assertThat(peer.receiveTextToEnd()).isEqualTo("one\nhalf a li\n");
            }
          }
        });
  }

  @EveryModel
  void aPeerThatSendsOneByteAtATime(IoModel model) throws Exception {
    survives(
        model,
        server -> {
          try (Peer peer = Peer.connect(server)) {
            for (int i = 0; i < 500; i++) {
              peer.send(i % 50 == 49 ? "\n" : "x");
            }
            assertThat(peer.receiveText(500)).isEqualTo(("x".repeat(49) + "\n").repeat(10));
          }
        });
  }

  /** It asks and asks, and never reads an answer. */
  @EveryModel
  void aPeerThatNeverReads(IoModel model) throws Exception {
    Recorder recorder =
        survives(
            model,
            server -> {
              Peer peer = Peer.connectWithSmallBuffer(server);
              byte[] lines = ("y".repeat(999) + "\n").repeat(100).getBytes(StandardCharsets.UTF_8);
              peer.socket().setSoTimeout(5000);
              try {
                sendUntilRefused(peer, lines);
              } finally {
                peer.reset();
              }
            });
    assertThat(recorder.connection(1).awaitClose().kind())
        .isIn(Kind.SLOW_CONSUMER, Kind.IDLE_TIMEOUT);
  }

  /**
   * The server stops reading, or cuts the connection off: a write fails or the idle time passes.
   */
  private static void sendUntilRefused(Peer peer, byte[] lines) throws IOException {
    try {
      for (int i = 0; i < 2000; i++) {
        peer.send(lines);
      }
      throw new AssertionError("200 MB were taken of a peer that reads nothing");
    } catch (SocketException cutOff) {
      // As it should be.
    }
  }

  @EveryModel
  void aLineWithoutAnEnd(IoModel model) throws Exception {
    Recorder recorder =
        survives(
            model,
            server -> {
              byte[] chunk = "z".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
              try (Peer peer = Peer.connect(server)) {
                for (int i = 0; i < 1024; i++) {
                  peer.send(chunk);
                }
                peer.receiveToEndOrReset();
              } catch (SocketException cutOff) {
                // As it should be: long before the 64 MiB are through.
              }
            });
    assertThat(recorder.connection(1).awaitClose().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
    assertThat(recorder.connection(1).receivedBytes()).isLessThan(LINE_LIMIT_BYTES + 200_000);
  }

  @EveryModel
  void peersThatStaySilent(IoModel model) throws Exception {
    Recorder recorder =
        survives(
            model,
            server -> {
              Peer[] silent = new Peer[5];
              for (int i = 0; i < silent.length; i++) {
                silent[i] = Peer.connect(server);
              }
              for (Peer peer : silent) {
                assertThat(peer.receiveToEnd()).isEmpty();
                peer.close();
              }
            });
    assertThat(
            recorder.closeReasons().stream().filter(reason -> reason.kind() == Kind.IDLE_TIMEOUT))
        .hasSize(5);
  }

  /** Urgent data (RFC 6093) is not part of the stream, and no trap either. */
  @EveryModel
  void aPeerThatSendsUrgentData(IoModel model) throws Exception {
    survives(
        model,
        server -> {
          try (Peer peer = Peer.connect(server)) {
            peer.send("before");
            peer.socket().sendUrgentData('!');
            peer.send("after\n");
            assertThat(peer.receiveText(12)).isIn("beforeafter\n", "before!after");
          }
        });
  }

  @EveryModel
  void peersThatComeAndGoAtOnce(IoModel model) throws Exception {
    survives(
        model,
        server -> {
          for (int i = 0; i < 100; i++) {
            Peer.connect(server).close();
          }
        });
  }
}
