package fivefold.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.load.LoadPlan;
import fivefold.lab.load.LoadResult;
import fivefold.lab.load.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** A load tells when it is its own generator that is at its end. */
final class LoadTextTest {
  private static final String AT_ITS_LIMIT = "at its limit";

  private static String text(double rate, double busy, long lateNanos, long latencyNanos) {
    LoadPlan plan =
        new LoadPlan(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            new Protocol.Echo(64),
            1,
            1,
            rate,
            Duration.ZERO,
            Duration.ofSeconds(1),
            LoadPlan.DEFAULT_PATIENCE);
    LoadResult result =
        new LoadResult(
            1_000_000_000L,
            1_000,
            of(latencyNanos),
            of(lateNanos),
            0,
            busy,
            0,
            0,
            0,
            0,
            null,
            1,
            false);
    return LoadText.of(plan, result);
  }

  private static Histogram of(long nanos) {
    Histogram histogram = new Histogram(3);
    histogram.recordValue(nanos);
    return histogram;
  }

  @Test
  void inAClosedLoopByItsProcessorTime() {
    assertThat(text(0, 0.97, 0, 50_000)).contains("0.97 of a core", AT_ITS_LIMIT);
    assertThat(text(0, 0.90, 0, 50_000)).doesNotContain(AT_ITS_LIMIT);
  }

  @Test
  void inAnOpenLoopByItsDelay() {
    assertThat(text(1_000, 1, 300_000, 400_000)).contains("300 us late", AT_ITS_LIMIT, "lower");
    assertThat(text(1_000, 1, 300_000, 9_000_000)).doesNotContain(AT_ITS_LIMIT);
    assertThat(text(1_000, 1, 50_000, 60_000)).doesNotContain(AT_ITS_LIMIT);
  }
}
