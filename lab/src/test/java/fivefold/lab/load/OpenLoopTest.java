package fivefold.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.load.EchoServers.Behaviour;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing that was due is left out: what is asserted here only holds the better, the slower. */
@Timeout(60)
class OpenLoopTest {
  private static final int RATE = 1000;
  private static final int BYTES = 64;

  private static LoadResult run(Behaviour behaviour, int connections, int pipeline)
      throws IOException {
    try (EchoServers server = new EchoServers(behaviour);
        LoadGenerator generator = new LoadGenerator()) {
      return generator.run(
          new LoadPlan(
              server.address(),
              new Protocol.UpperCase(BYTES),
              connections,
              pipeline,
              RATE,
              Duration.ofMillis(100),
              Duration.ofSeconds(1),
              LoadPlan.DEFAULT_PATIENCE),
          WindowObserver.NONE);
    }
  }

  /** Upper-case echo that stands still now and then. */
  private static Behaviour pausing(int everyMessages, Duration pause) {
    return (in, out) -> {
      for (int i = 1; ; i++) {
        byte[] message = in.readNBytes(BYTES);
        if (message.length < BYTES) {
          return;
        }
        if (i % everyMessages == 0) {
          pause(pause);
        }
        out.write(Pattern.upperCase(message));
      }
    };
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each request that was due in the window has its latency, whatever became of it. */
  private static void assertNothingIsLeftOut(LoadResult result) {
    assertThat(result.errors()).isZero();
    assertThat((double) result.latencyNanos().getTotalCount())
        .isBetween(due(result) - 2, due(result) + 2);
  }

  private static double due(LoadResult result) {
    return result.windowNanos() / 1e9 * RATE;
  }

  private static long longerThan(Duration least, Histogram nanos) {
    return nanos.getCountBetweenValues(least.toNanos(), Long.MAX_VALUE);
  }

  @Test
  void requestsBeginAtTheRateOverAllConnections() throws IOException {
    LoadResult result = run(EchoServers.upperCase(-1), 8, 4);
    assertNothingIsLeftOut(result);
    assertThat(result.lateNanos().getTotalCount()).isPositive();
    assertThat(result.requests()).isPositive();
  }

  @Test
  void aPauseOfTheServerIsHeardByAllThatWereDueInIt() throws IOException {
    LoadResult result = run(pausing(300, Duration.ofMillis(400)), 1, 1);
    assertNothingIsLeftOut(result);
    // A closed loop would have one such latency: nobody else asks while it waits.
    assertThat(longerThan(Duration.ofMillis(100), result.latencyNanos())).isGreaterThan(250);
  }

  @Test
  void whatCouldNotEvenBeSentIsCounted() throws IOException {
    LoadResult result = run(pausing(1, Duration.ofMillis(10)), 1, 1);
    assertNothingIsLeftOut(result);
    assertThat(result.unsent()).isGreaterThan(RATE / 2);
    // At most a tenth of the rate is served, so the queue grows nearly as fast as time goes.
    assertThat(result.latencyNanos().getMaxValue()).isGreaterThan(Duration.ofMillis(500).toNanos());
  }
}
