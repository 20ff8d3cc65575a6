package fivefold.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.lab.load.EchoServers.Behaviour;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.SocketOptions;
import fivefold.net.loop.Transport;
import fivefold.sys.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class MixTest {
  private static final int BYTES = 64;
  private static final int CONNECTIONS = 20;

  private static LoadPlan plan(SocketAddress target, Mix mix, double rate) {
    return new LoadPlan(
        target,
        new Protocol.UpperCase(BYTES),
        CONNECTIONS,
        1,
        rate,
        mix,
        Duration.ofMillis(50),
        Duration.ofMillis(300),
        Duration.ofSeconds(5));
  }

  private static LoadResult run(Mix mix, double rate, Behaviour behaviour) throws IOException {
    try (EchoServers server = new EchoServers(behaviour);
        LoadGenerator generator = new LoadGenerator()) {
      return generator.run(plan(server.address(), mix, rate), WindowObserver.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyReplyOfAGoodServerIsRight(Mix mix) throws IOException {
    LoadResult result = run(mix, 0, EchoServers.upperCase(-1));
    assertThat(result.firstFailure()).isNull();
    assertThat(result.errors()).isZero();
    assertThat(result.requests()).isPositive();
    assertThat(result.latencyNanos().getTotalCount()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void aWrongByteIsSeenWhateverTheMix(Mix mix) throws IOException {
    assertThat(run(mix, 0, EchoServers.upperCase(17)).mismatches()).isPositive();
  }

  @Test
  void whenMostAreIdleTenAsk() throws IOException {
    AtomicLong talkative = new AtomicLong();
    AtomicLong all = new AtomicLong();
    run(
        Mix.IDLE,
        0,
        (in, out) -> {
          all.incrementAndGet();
          for (int messages = 1; ; messages++) {
            byte[] message = in.readNBytes(BYTES);
            if (message.length < BYTES) {
              return;
            }
            talkative.addAndGet(messages == 2 ? 1 : 0);
            out.write(Pattern.upperCase(message));
          }
        });
    assertThat(all).hasValue(CONNECTIONS);
    assertThat(talkative).hasValue(10);
  }

  @Test
  void aSlowReaderLeavesItsRepliesWithTheServer() throws IOException {
    AtomicLong longestNanos = new AtomicLong();
    LoadResult result =
        run(
            Mix.SLOW_READERS,
            0,
            (in, out) -> {
              byte[] message = in.readNBytes(BYTES);
              while (message.length == BYTES) {
                long nanos = System.nanoTime();
                out.write(Pattern.upperCase(message));
                longestNanos.accumulateAndGet(System.nanoTime() - nanos, Math::max);
                message = in.readNBytes(BYTES);
              }
            });
    assertThat(result.errors()).isZero();
    assertThat(longestNanos.get()).isGreaterThan(Duration.ofMillis(10).toNanos());
  }

  @Test
  void aSlowWriterSendsPieces() throws IOException {
    AtomicLong pieces = new AtomicLong();
    LoadResult result =
        run(
            Mix.SLOW_WRITERS,
            0,
            (in, out) -> {
              byte[] buffer = new byte[1024];
              for (int count; (count = in.read(buffer)) > 0; ) {
                pieces.addAndGet(count < BYTES / 2 ? 1 : 0);
                out.write(Pattern.upperCase(Arrays.copyOf(buffer, count)));
              }
            });
    assertThat(result.errors()).isZero();
    assertThat(pieces.get()).isPositive();
  }

  @Test
  void inAChurnEachConnectionAsksOnceAndIsClosedByBoth() throws IOException {
    AtomicLong connections = new AtomicLong();
    AtomicLong messages = new AtomicLong();
    LoadResult result =
        run(
            Mix.CHURN,
            0,
            (in, out) -> {
              connections.incrementAndGet();
              byte[] message = in.readNBytes(BYTES);
              while (message.length == BYTES) {
                messages.incrementAndGet();
                out.write(Pattern.upperCase(message));
                message = in.readNBytes(BYTES);
              }
            });
    assertThat(result.errors()).isZero();
    assertThat(result.requests()).isPositive();
    assertThat(connections.get()).isGreaterThanOrEqualTo(result.requests());
    assertThat(messages.get()).isLessThanOrEqualTo(connections.get());
  }

  @Test
  void inAChurnAServerMayCloseFirst() throws IOException {
    LoadResult result =
        run(Mix.CHURN, 0, (in, out) -> out.write(Pattern.upperCase(in.readNBytes(BYTES))));
    assertThat(result.firstFailure()).isNull();
    assertThat(result.errors()).isZero();
    assertThat(result.requests()).isGreaterThan(CONNECTIONS);
  }

  @Test
  void aServerThatDoesNotCloseIsOwedFor() throws IOException {
    LoadResult result =
        run(
            Mix.CHURN,
            0,
            (in, out) -> {
              out.write(Pattern.upperCase(in.readNBytes(BYTES)));
              new Semaphore(0).acquireUninterruptibly();
            });
    assertThat(result.unanswered()).isEqualTo(CONNECTIONS);
  }

  @Test
  void betweenBurstsThereIsAPause() throws IOException {
    LoadResult result = run(Mix.BURSTS, 0, EchoServers.upperCase(-1));
    assertThat(result.requests())
        .isLessThanOrEqualTo(CONNECTIONS * (1 + result.windowNanos() / 10_000_000));
  }

  @Test
  void burstsAtARateLeaveNothingOut() throws IOException {
    double rate = 2000;
    LoadResult result = run(Mix.BURSTS, rate, EchoServers.upperCase(-1));
    assertThat(result.errors()).isZero();
    double due = result.windowNanos() / 1e9 * rate;
    assertThat((double) result.latencyNanos().getTotalCount())
        .isBetween(due - CONNECTIONS - 2, due + CONNECTIONS + 2);
  }

  @Test
  void whatCannotBeIsRefused() {
    SocketAddress any = InetSocketAddress.createUnresolved("localhost", 1);
    assertThatThrownBy(() -> plan(any, Mix.CHURN, 100)).hasMessageContaining("churn");
    assertThatThrownBy(() -> Mix.of("sleepy")).hasMessageContaining("sleepy");
  }

  static Stream<PollerFactory> mechanisms() {
    return PollerFactory.all().stream().filter(factory -> factory.availability().isAvailable());
  }

  @ParameterizedTest
  @MethodSource("mechanisms")
  void aSourceAddressIsWhatTheServerSees(PollerFactory mechanism) throws IOException {
    assumeTrue(Platform.unavailable().isEmpty()); // elsewhere 127.0.0.1 alone is this machine
    Transport transport = mechanism.transport();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      SocketAddress target = server.getLocalSocketAddress();
      SocketAddress source = SourceAddresses.of(target, 4 * SourceAddresses.PER_ADDRESS);
      assertThat(source).isNotNull();
      int handle = transport.connectFrom(source, target, SocketOptions.forClient());
      try (Socket accepted = server.accept()) {
        assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo("127.0.0.5");
      } finally {
        transport.close(handle);
      }
    }
  }

  @Test
  void theFirstComeFromWhereTheSystemSaysAndAllToOtherMachines() throws IOException {
    InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    SocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    assertThat(SourceAddresses.of(here, SourceAddresses.PER_ADDRESS - 1)).isNull();
    assertThat(SourceAddresses.of(new InetSocketAddress(elsewhere, 80), 60_000)).isNull();
  }
}
