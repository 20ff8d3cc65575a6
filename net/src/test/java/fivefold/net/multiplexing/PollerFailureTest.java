package fivefold.net.multiplexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.ServerListener;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.fixture.Client;
import fivefold.net.fixture.OpenDescriptors;
import fivefold.net.fixture.TcpPair;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.Reactor;
import fivefold.net.loop.Registration;
import fivefold.net.loop.Registrations;
import fivefold.net.loop.StrandSource;
import fivefold.sys.Descriptors;
import fivefold.sys.Epoll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mechanism that fails under a server: nobody waits for what will never be told. */
@Timeout(60)
final class PollerFailureTest {
  static List<Named<PollerFactory>> pollers() {
    return TestPollers.available();
  }

  private static final class Noting implements ServerListener {
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<CloseReason> reasons = new CopyOnWriteArrayList<>();

    @Override
    public void closed(Connection connection, CloseReason reason) {
      reasons.add(reason);
    }

    @Override
    public void warned(String message) {
      warnings.add(message);
    }
  }

  private static final class Running implements AutoCloseable {
    final Noting noted = new Noting();
    final FaultyPollers pollers;
    final Reactor reactor;
    final int port;

    Running(PollerFactory real, int loops, Supplier<StreamHandler> handlers) throws IOException {
      pollers = new FaultyPollers(real);
      StrandSource strands =
          real.model() == IoModel.EPOLL_POOL ? new PoolStrands(2) : StrandSource.onLoop();
      reactor = new Reactor(pollers, options(loops, noted), handlers, strands);
      port = ((InetSocketAddress) reactor.start()).getPort();
    }

    private static StreamOptions options(int loops, ServerListener listener) {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      OutboxLimits limits = OutboxLimits.DEFAULT;
      Duration idle = Duration.ofMinutes(10);
      return new StreamOptions(
          address, loops, 2, 0, 128, true, true, false, 0, 0, 100, 0, idle, limits, listener, null);
    }

    @Override
    public void close() {
      reactor.stopAccepting();
      reactor.abort();
      reactor.terminate();
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void withItsOnlyLoopTheServerLooksAsDeadAsItIs(PollerFactory real) throws Exception {
    // Once before: what the JDK opens once stays open.
    onlyLoopFails(real);
    int before = OpenDescriptors.count();
    onlyLoopFails(real);
    await().untilAsserted(() -> assertThat(OpenDescriptors.count()).isEqualTo(before));
  }

  private static void onlyLoopFails(PollerFactory real) throws Exception {
    try (Running server = new Running(real, 1, () -> Connection::send);
        Client client = new Client(server.port)) {
      assertThat(client.ask("hello")).isEqualTo("hello");

      server.pollers.breakDown(0);

      assertThat(client.receiveAll()).isEmpty();
      await().until(() -> !server.noted.warnings.isEmpty());
      assertThat(server.noted.warnings.getFirst())
          .contains("planted: EBADF")
          .contains("1 connections are closed")
          .contains("nothing is accepted any more");
      await().until(() -> !server.noted.reasons.isEmpty());
      assertThat(server.noted.reasons.getFirst().kind()).isEqualTo(CloseReason.Kind.IO_ERROR);
      assertThat(server.noted.reasons.getFirst().detail()).contains("planted: EBADF");
      assertThatThrownBy(() -> new Client(server.port).close()).isInstanceOf(IOException.class);
      assertThat(server.reactor.openCount()).isZero();
      assertThat(server.reactor.connections()).as("it still answers").isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void anotherLoopTakesOver(PollerFactory real) throws Exception {
    oneOfTwoLoopsFails(real);
    int before = OpenDescriptors.count();
    oneOfTwoLoopsFails(real);
    await().untilAsserted(() -> assertThat(OpenDescriptors.count()).isEqualTo(before));
  }

  private static void oneOfTwoLoopsFails(PollerFactory real) throws Exception {
    try (Running server = new Running(real, 2, () -> Connection::send);
        Client onTheFirst = new Client(server.port);
        Client onTheSecond = new Client(server.port)) {
      assertThat(onTheFirst.ask("hello")).isEqualTo("hello");
      assertThat(onTheSecond.ask("hello")).isEqualTo("hello");

      server.pollers.breakDown(0);

      assertThat(onTheFirst.receiveAll()).isEmpty();
      assertThat(onTheSecond.ask("again")).isEqualTo("again");
      for (int i = 0; i < 4; i++) {
        try (Client late = new Client(server.port)) {
          assertThat(late.ask("late")).isEqualTo("late");
        }
      }
      assertThat(server.noted.warnings).hasSize(1);
      assertThat(server.noted.warnings.getFirst()).endsWith("the other loops go on");
    }
  }

  /** epoll_ctl(2): ENOSPC, ENOMEM. */
  @ParameterizedTest
  @MethodSource("pollers")
  void aConnectionThatCannotBeWatchedIsClosed(PollerFactory real) throws Exception {
    try (Running server = new Running(real, 1, () -> Connection::send)) {
      server.pollers.refusing = true;
      try (Client client = new Client(server.port)) {
        assertThat(client.receiveAll()).isEmpty();
      }
      await().until(() -> server.reactor.openCount() == 0);
      server.pollers.refusing = false;
    }
  }

  @ParameterizedTest
  @MethodSource("pollers")
  void aConnectionWhoseWatchCannotBeChangedIsClosed(PollerFactory real) throws Exception {
    try (Running server =
            new Running(real, 1, () -> (connection, data) -> connection.pauseReading());
        Client client = new Client(server.port)) {
      await().until(() -> server.reactor.openCount() == 1);
      server.pollers.refusing = true;
      client.send("x");
      assertThat(client.receiveAll()).isEmpty();
      await().until(() -> !server.noted.reasons.isEmpty());
      assertThat(server.noted.reasons.getFirst().kind()).isEqualTo(CloseReason.Kind.IO_ERROR);
      assertThat(server.noted.reasons.getFirst().detail()).contains("planted: no room");
      server.pollers.refusing = false;
    }
  }

  @Test
  void aDescriptorThatIsClosedIsRefusedInASentence() {
    assertThatThrownBy(() -> new Registrations().add(-1, Interest.READ, "the keyboard"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("descriptor -1 of the keyboard: expected one that is open");
  }

  @Test
  void aWorkerThatArmsTooLateReachesNobody() throws IOException {
    assumeTrue(TestPollers.oneShot().availability().isAvailable());
    PollerFactory pollers = TestPollers.oneShot();
    try (TcpPair pair = new TcpPair(pollers.transport())) {
      Poller closed = pollers.open();
      Registration registration = closed.register(pair.near(), Interest.READ, "");
      closed.close();
      // Has the number of the one that was closed.
      int another = Epoll.create();
      try {
        closed.modify(registration, Interest.READ);
      } finally {
        Descriptors.close(another);
      }
    }
  }

  /** Its last tasks, such as closing the socket, are the loop's. */
  @Test
  void aHandlerThatOutlivesAllDeadlinesLeavesNoDescriptor() throws Exception {
    assumeTrue(IoModel.EPOLL_POOL.availability().isAvailable());
    stopDuringHandler();
    int before = OpenDescriptors.count();
    stopDuringHandler();
    await().untilAsserted(() -> assertThat(OpenDescriptors.count()).isEqualTo(before));
  }

  private static void stopDuringHandler() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    StreamHandler stubborn =
        (connection, data) -> {
          entered.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            // The end of the pool, the last that happens.
          }
        };
    try (Server server = Server.tcp(0, () -> stubborn).model(IoModel.EPOLL_POOL).start();
        Client client = new Client(server.port())) {
      client.send("x");
      entered.await();
      server.stop(Duration.ofMillis(1));
    }
  }
}
