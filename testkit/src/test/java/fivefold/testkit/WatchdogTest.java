package fivefold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.LoopStall;
import fivefold.net.Server;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loop that is kept is named, with what keeps it; a loop that waits is not. */
@Timeout(120)
final class WatchdogTest {
  private static final Duration BLOCKED = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What was heard. */
  private static final class Heard implements ServerListener {
    final List<LoopStall> stalled = new CopyOnWriteArrayList<>();
    final List<LoopStall> cameRound = new CopyOnWriteArrayList<>();

    @Override
    public void loopStalled(LoopStall stall) {
      stalled.add(stall);
    }

    @Override
    public void loopCameRound(LoopStall stall) {
      cameRound.add(stall);
    }

    boolean names(String method) {
      return stalled.stream().anyMatch(stall -> stall.stackText().contains(method));
    }
  }

  /** Blocks its loop at the letter b. */
  private static final class Dawdler implements StreamHandler {
    @Override
    public void onReceive(Connection connection, ByteBuffer data) throws InterruptedException {
      if (data.get(data.position()) == 'b') {
        dawdle();
      }
      connection.send(data);
    }
  }

  private static void dawdle() throws InterruptedException {
    Thread.sleep(BLOCKED);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "NONBLOCKING",
        "SELECT",
        "POLL",
        "EPOLL",
        "EPOLL_ET",
        "KQUEUE",
        "NIO",
        "SIGNAL",
        "IO_URING"
      })
  void namesAHandlerThatBlocks(IoModel model) throws IOException {
    assumeTrue(model.availability().isAvailable());
    Heard heard = new Heard();
    try (Server server = Server.tcp(0, Dawdler::new).model(model).listener(heard).start();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.getOutputStream().write('b');
      assertThat(client.getInputStream().read()).isEqualTo('b');
      await().atMost(PATIENCE).until(() -> heard.names("WatchdogTest.dawdle"));
      await().atMost(PATIENCE).until(() -> !heard.cameRound.isEmpty());

      LoopStall whole =
          heard.cameRound.stream()
              .filter(stall -> stall.stackText().contains("WatchdogTest.dawdle"))
              .findFirst()
              .orElseThrow();
      assertThat(whole.loop()).isEqualTo("fivefold-" + model.word() + "-0");
      assertThat(whole.length()).isBetween(BLOCKED.minus(Duration.ofMillis(500)), PATIENCE);
      assertThat(heard.stalled)
          .filteredOn(stall -> stall.stackText().contains("WatchdogTest.dawdle"))
          .as("once for each stall")
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "NONBLOCKING",
        "SELECT",
        "POLL",
        "EPOLL",
        "EPOLL_ET",
        "KQUEUE",
        "NIO",
        "SIGNAL",
        "IO_URING"
      })
  void saysNothingOfALoopThatWaits(IoModel model) throws Exception {
    assumeTrue(model.availability().isAvailable());
    Heard heard = new Heard();
    Heard beside = new Heard();
    Duration limit = Duration.ofMillis(100);
    // One that is kept shows for how long the watchdog has been looking at the other.
    try (Server idle =
            Server.tcp(0, Dawdler::new).model(model).stallLimit(limit).listener(heard).start();
        Server kept =
            Server.tcp(0, Dawdler::new).model(model).stallLimit(limit).listener(beside).start();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), kept.port())) {
      client.getOutputStream().write('b');
      await().atMost(PATIENCE).until(() -> beside.names("WatchdogTest.dawdle"));
      await().atMost(PATIENCE).until(() -> !beside.cameRound.isEmpty());

      assertThat(idle.port()).isPositive();
      assertThat(heard.stalled).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EPOLL", "IO_URING"})
  void watchesDatagramsAndNotWhenOff(IoModel model) throws IOException {
    assumeTrue(model.availability().isAvailable());
    Heard heard = new Heard();
    Heard off = new Heard();
    try (Server watched =
            Server.udp(0, (peer, data) -> dawdle())
                .model(model)
                .stallLimit(Duration.ofMillis(200))
                .listener(heard)
                .start();
        Server unwatched =
            Server.udp(0, (peer, data) -> dawdle())
                .model(model)
                .stallLimit(Duration.ZERO)
                .listener(off)
                .start();
        DatagramSocket client = new DatagramSocket()) {
      for (Server server : List.of(unwatched, watched)) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        client.send(
            new DatagramPacket(new byte[1], 1, new InetSocketAddress(loopback, server.port())));
      }
      await().atMost(PATIENCE).until(() -> !heard.cameRound.isEmpty());

      assertThat(heard.names("WatchdogTest.dawdle")).isTrue();
      assertThat(off.stalled).isEmpty();
    }
  }
}
