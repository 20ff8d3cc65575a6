package fivefold.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fivefold.lab.load.EchoServers.Behaviour;
import fivefold.net.loop.PollerFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class LoadGeneratorTest {
  private static final Duration WARMUP = Duration.ofMillis(50);
  private static final Duration DURATION = Duration.ofMillis(200);

  /** Spent only on servers that do not answer; longer than a busy machine makes a good one wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static LoadPlan plan(SocketAddress target, int connections, int bytes, int pipeline) {
    return closed(target, connections, pipeline, new Protocol.UpperCase(bytes));
  }

  private static LoadPlan closed(
      SocketAddress target, int connections, int pipeline, Protocol protocol) {
    return new LoadPlan(target, protocol, connections, pipeline, 0, WARMUP, DURATION, PATIENCE);
  }

  private static LoadResult run(Behaviour behaviour, int connections, int bytes, int pipeline)
      throws IOException {
    try (EchoServers server = new EchoServers(behaviour);
        LoadGenerator generator = new LoadGenerator()) {
      return generator.run(
          plan(server.address(), connections, bytes, pipeline), WindowObserver.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 64, 1",
    "16, 64, 1",
    "5, 7, 3",
    "4, 16384, 2",
    "2, 300000, 2",
    "200, 64, 1"
  })
  void everyReplyOfAGoodServerIsRight(int connections, int bytes, int pipeline) throws IOException {
    LoadResult result = run(EchoServers.upperCase(-1), connections, bytes, pipeline);
    assertThat(result.firstFailure()).isNull();
    assertThat(result.errors()).isZero();
    assertThat(result.requests()).isPositive();
    // What is in flight when the window opens counts as a request; its latency does not.
    long inFlight = (long) connections * pipeline;
    assertThat(result.latencyNanos().getTotalCount())
        .isBetween(result.requests() - inFlight, result.requests() + inFlight);
    assertThat(result.latencyNanos().getMaxValue()).isGreaterThan(1000);
    assertThat(result.windowNanos()).isGreaterThanOrEqualTo(DURATION.toNanos());
    assertThat(result.busy()).isBetween(0.0, 1.05);
  }

  static Stream<PollerFactory> mechanisms() {
    return PollerFactory.all().stream().filter(factory -> factory.availability().isAvailable());
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void theLoadIsTheSameOnEveryMechanism(PollerFactory mechanism) throws IOException {
    try (EchoServers server = new EchoServers(EchoServers.upperCase(-1));
        LoadGenerator generator = new LoadGenerator(mechanism)) {
      LoadResult result = generator.run(plan(server.address(), 16, 64, 2), WindowObserver.NONE);
      assertThat(result.errors()).isZero();
      assertThat(result.requests()).isPositive();
    }
  }

  @Test
  void oneCorruptedByteOnEachConnectionIsOneMismatch() throws IOException {
    // The byte is in the very first message, which is read in one piece.
    LoadResult result = run(EchoServers.upperCase(17), 8, 64, 1);
    assertThat(result.mismatches()).isEqualTo(8);
    assertThat(result.errors()).isEqualTo(8);
  }

  @Test
  void echoThatDoesNotChangeTheCaseIsWrong() throws IOException {
    LoadResult result = run((in, out) -> in.transferTo(out), 1, 64, 1);
    assertThat(result.mismatches()).isGreaterThanOrEqualTo(result.requests());
  }

  @Test
  void aByteTooManyIsAMismatch() throws IOException {
    assertThat(run(EchoServers.talkative(), 2, 64, 1).mismatches()).isPositive();
  }

  @Test
  void connectionsTheServerClosesAreFailures() throws IOException {
    LoadResult result = run(EchoServers.closingAfter(64), 8, 64, 1);
    assertThat(result.failures()).isEqualTo(8);
    assertThat(result.firstFailure()).contains("closed");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws IOException {
    LoadResult result = run(EchoServers.silent(), 8, 64, 1);
    assertThat(result.requests()).isZero();
    assertThat(result.unanswered()).isEqualTo(8);
    assertThat(result.windowNanos()).isZero();
  }

  @Test
  void connectionsThatAreOwedAReplyAreCounted() throws IOException {
    LoadResult result = run(EchoServers.silentAfter(64), 8, 64, 1);
    assertThat(result.unanswered()).isEqualTo(8);
  }

  @Test
  void aPortNobodyListensOnIsAFailure() throws IOException {
    SocketAddress nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }
    try (LoadGenerator generator = new LoadGenerator()) {
      LoadResult result = generator.run(plan(nobody, 4, 64, 1), WindowObserver.NONE);
      assertThat(result.failures()).isPositive();
      assertThat(result.firstFailure()).containsIgnoringCase("refused");
    }
  }

  @Test
  void noConnectionIsLeftOpen() throws IOException {
    try (EchoServers server = new EchoServers(EchoServers.upperCase(-1));
        LoadGenerator generator = new LoadGenerator()) {
      for (int i = 0; i < 2; i++) {
        generator.run(plan(server.address(), 20, 64, 1), WindowObserver.NONE);
      }
      await().untilAsserted(() -> assertThat(server.openConnections()).isZero());
    }
  }

  @Test
  void stopEndsTheRunEarly() throws IOException {
    try (EchoServers server = new EchoServers(EchoServers.upperCase(-1));
        LoadGenerator generator = new LoadGenerator()) {
      LoadPlan hour =
          new LoadPlan(
              server.address(),
              new Protocol.UpperCase(64),
              4,
              1,
              0,
              WARMUP,
              Duration.ofHours(1),
              LoadPlan.DEFAULT_PATIENCE);
      LoadResult result =
          generator.run(
              hour,
              new WindowObserver() {
                @Override
                public void opened() {
                  Thread.ofVirtual().start(generator::stop);
                }
              });
      assertThat(result.stopped()).isTrue();
    }
  }

  @Test
  void aRequestCostsNoMemory() throws Exception {
    long[] allocated = new long[2];
    for (int i = 0; i < 10; i++) {
      allocatedBytes(); // the first calls load classes
    }
    WindowObserver watch =
        new WindowObserver() {
          @Override
          public void opened() {
            allocated[0] = allocatedBytes();
          }

          @Override
          public void closed() {
            allocated[1] = allocatedBytes();
          }
        };
    try (EchoServers server = new EchoServers(EchoServers.upperCase(-1));
        LoadGenerator generator = new LoadGenerator()) {
      // Until it is compiled by C2, a native call allocates; that takes some ten thousand of them.
      await()
          .atMost(Duration.ofSeconds(40))
          .pollInterval(Duration.ofMillis(1))
          .pollInSameThread()
          .untilAsserted(() -> {
            LoadResult result = generator.run(plan(server.address(), 16, 64, 1), watch);
            assertThat(result.errors()).isZero();
            assertThat((allocated[1] - allocated[0]) / (double) result.requests()).isLessThan(1);
          });
    }
  }

  /** Of this thread; by name, because the type is not in java.management but in jdk.management. */
  private static long allocatedBytes() {
    try {
      return (long)
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                  "CurrentThreadAllocatedBytes");
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void sizesOutOfRangeAreRefused() {
    SocketAddress any = InetSocketAddress.createUnresolved("localhost", 1);
    assertThatThrownBy(() -> plan(any, 0, 64, 1)).hasMessageContaining("connections");
    assertThatThrownBy(() -> plan(any, 1, -1, 1)).hasMessageContaining("message size");
    assertThatThrownBy(() -> plan(any, 1, 64, 0)).hasMessageContaining("pipeline");
  }
}
