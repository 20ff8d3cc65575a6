package fivefold.net.signaldriven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.net.fixture.TcpPair;
import fivefold.net.loop.Interest;
import fivefold.net.loop.NativeTransport;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Transport;
import fivefold.sys.Limits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel's queue of signals is short: what does not fit must not be lost. */
@Timeout(120)
final class SignalQueueTest {
  private static final int CONNECTIONS = 3000;
  private static final long LONG_NANOS = 10_000_000_000L;

  @BeforeEach
  void onlyWhereThereAreSignals() {
    assumeTrue(IoModel.SIGNAL.availability().isAvailable());
  }

  /** Until closed, no more than so many signals can be queued. */
  private static AutoCloseable queueOf(int signals) {
    long soft = Limits.soft(Limits.RLIMIT_SIGPENDING);
    long hard = Limits.hard(Limits.RLIMIT_SIGPENDING);
    assertThat(Limits.set(Limits.RLIMIT_SIGPENDING, signals, hard)).isZero();
    return () -> Limits.set(Limits.RLIMIT_SIGPENDING, soft, hard);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void everyChangeIsToldThoughTheQueueIsTooShort(int queue) throws Exception {
    everyChangeIsTold(50, queue);
  }

  /** The one behind the last that a wait took was taken off the queue, and dropped. */
  @Test
  void everyChangeIsToldThoughAWaitTakesFewer() throws Exception {
    int count = SignalPoller.SIGNALS_PER_WAIT * 3 / 2;
    Limits.raiseDescriptors();
    assumeTrue(Limits.soft(Limits.RLIMIT_NOFILE) > 2L * count + 500, "too few descriptors allowed");
    assumeTrue(
        Limits.hard(Limits.RLIMIT_SIGPENDING) > 2L * count
            || Limits.hard(Limits.RLIMIT_SIGPENDING) < 0,
        "too few signals allowed");
    everyChangeIsTold(count, 2 * count);
  }

  private static void everyChangeIsTold(int count, int queue) throws Exception {
    Transport transport = new NativeTransport();
    List<TcpPair> pairs = new ArrayList<>();
    ReadyList ready = new ReadyList();
    try (AutoCloseable limit = queueOf(queue);
        SignalPoller poller = new SignalPoller()) {
      for (int i = 0; i < count; i++) {
        TcpPair pair = new TcpPair(transport);
        pairs.add(pair);
        poller.register(pair.near(), Interest.READ, pair);
      }
      // What was ready when it was registered is looked up by other means.
      for (int i = 0; i < 3; i++) {
        poller.poll(0, ready);
      }
      ByteBuffer dropped = ByteBuffer.allocateDirect(16);
      for (int round = 0; round < 3; round++) {
        pairs.forEach(pair -> pair.sendFar("x"));
        Set<Object> told = new HashSet<>();
        while (told.size() < count) {
          // Nothing but a lost change makes it wait for so long.
          long beforeNanos = System.nanoTime();
          poller.poll(LONG_NANOS, ready);
          assertThat(System.nanoTime() - beforeNanos)
              .as("told %s of %s", told.size(), count)
              .isLessThan(LONG_NANOS);
          for (int i = 0; i < ready.size(); i++) {
            told.add(ready.registration(i).attachment());
            transport.receive(ready.registration(i).descriptor(), dropped.clear());
          }
        }
      }
    } finally {
      pairs.forEach(TcpPair::close);
    }
  }

  /** With a wake-up that finds the queue full among them. */
  @Test
  void aWakeUpFindsItsWayThroughAFullQueue() throws Exception {
    ReadyList ready = new ReadyList();
    try (AutoCloseable limit = queueOf(0);
        SignalPoller poller = new SignalPoller()) {
      poller.poll(0, ready);
      poller.wakeup();
      long beforeNanos = System.nanoTime();
      poller.poll(LONG_NANOS, ready);
      assertThat(System.nanoTime() - beforeNanos).isLessThan(LONG_NANOS);
    }
  }

  @Test
  void thousandsOfConnectionsOverAShortQueue() throws Exception {
    Limits.raiseDescriptors();
    assumeTrue(
        Limits.soft(Limits.RLIMIT_NOFILE) > 2L * CONNECTIONS + 500, "too few descriptors allowed");
    List<SocketChannel> clients = new ArrayList<>();
    try (AutoCloseable limit = queueOf(64);
        Server server =
            Server.tcp(0, () -> Connection::send)
                .model(IoModel.SIGNAL)
                .loops(2)
                .connectionLimit(CONNECTIONS)
                .start()) {
      SocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
      for (int i = 0; i < CONNECTIONS; i++) {
        clients.add(SocketChannel.open(address));
      }
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < CONNECTIONS; i++) {
          clients.get(i).write(ByteBuffer.allocate(8).putInt(round).putInt(i).flip());
        }
        for (int i = 0; i < CONNECTIONS; i++) {
          ByteBuffer echo = ByteBuffer.allocate(8);
          while (echo.hasRemaining()) {
            assertThat(clients.get(i).read(echo)).as("connection %s", i).isPositive();
          }
          assertThat(echo.flip().getInt()).isEqualTo(round);
          assertThat(echo.getInt()).isEqualTo(i);
        }
      }
      assertThat(server.stats().open()).isEqualTo(CONNECTIONS);
    } finally {
      closeAll(clients);
    }
  }

  private static void closeAll(List<SocketChannel> clients) throws IOException {
    for (SocketChannel each : clients) {
      each.close();
    }
  }
}
