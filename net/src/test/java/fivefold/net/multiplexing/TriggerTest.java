package fivefold.net.multiplexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.fixture.TcpPair;
import fivefold.net.loop.Interest;
import fivefold.net.loop.Poller;
import fivefold.net.loop.PollerFactory;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How often a mechanism tells of the same readiness. */
@Timeout(30)
final class TriggerTest {
  private static final long LONG_NANOS = 10_000_000_000L;

  private final ReadyList ready = new ReadyList();

  @BeforeEach
  void onlyWhereThereIsEpoll() {
    assumeTrue(TestPollers.edge().availability().isAvailable());
  }

  static List<Named<PollerFactory>> levelTriggered() throws IOException {
    return TestPollers.available().stream().filter(TriggerTest::isLevelTriggered).toList();
  }

  private static boolean isLevelTriggered(Named<PollerFactory> pollers) {
    try (Poller poller = pollers.getPayload().open()) {
      return !poller.isEdgeTriggered() && !poller.isOneShot();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("levelTriggered")
  void byLevelItIsToldAsLongAsItLasts(PollerFactory pollers) throws IOException {
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      poller.register(pair.near(), Interest.READ, "");
      pair.sendFar("x");
      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
      assertThat(poller.poll(0, ready)).isEqualTo(1);
    }
  }

  @Test
  void byEdgeItIsToldOncePerChange() throws IOException {
    PollerFactory pollers = TestPollers.edge();
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      assertThat(poller.isEdgeTriggered()).isTrue();
      assertThat(poller.isOneShot()).isFalse();
      Registration registration = poller.register(pair.near(), Interest.READ, "");
      pair.sendFar("x");
      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
      assertThat(poller.poll(0, ready)).as("nothing has changed").isZero();

      pair.sendFar("y");
      assertThat(poller.poll(LONG_NANOS, ready)).as("more has come").isEqualTo(1);

      poller.modify(registration, Interest.READ);
      assertThat(poller.poll(LONG_NANOS, ready)).as("asked anew").isEqualTo(1);
    }
  }

  @Test
  void byOneShotItIsToldOnceUntilArmedAgain() throws IOException {
    PollerFactory pollers = TestPollers.oneShot();
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      assertThat(poller.isOneShot()).isTrue();
      assertThat(poller.isEdgeTriggered()).isFalse();
      Registration registration = poller.register(pair.near(), Interest.READ, "");
      pair.sendFar("x");
      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);

      pair.sendFar("y");
      assertThat(poller.poll(0, ready)).as("whatever comes").isZero();

      poller.modify(registration, Interest.READ);
      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);
    }
  }

  @Test
  void byOneShotAnotherThreadMayArm() throws Exception {
    PollerFactory pollers = TestPollers.oneShot();
    try (TcpPair pair = new TcpPair(pollers.transport());
        Poller poller = pollers.open()) {
      Registration registration = poller.register(pair.near(), Interest.READ, "");
      pair.sendFar("x");
      assertThat(poller.poll(LONG_NANOS, ready)).isEqualTo(1);

      Thread worker =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  poller.modify(registration, Interest.READ);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(poller.poll(LONG_NANOS, ready)).as("armed during the wait").isEqualTo(1);
      worker.join();
    }
  }
}
