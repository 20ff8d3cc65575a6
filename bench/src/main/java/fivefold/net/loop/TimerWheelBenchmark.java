package fivefold.net.loop;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Timers, with none and with up to a million others there. In this package: it is not public. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimerWheelBenchmark {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long TICK_NANOS = 1L << 23;
  private static final long WHEEL_NANOS = 512 * TICK_NANOS;
  private static final long FAR_NANOS = 1_000_000_000 * SECOND_NANOS;

  @Param({"0", "100000", "1000000"})
  int others;

  private TimerWheel wheel = new TimerWheel(0, Runnable::run);
  private long nowNanos;
  private long fired;

  /** The others are far away, and spread over the whole wheel. */
  @Setup(Level.Iteration)
  public void fill() {
    nowNanos = 0;
    wheel = new TimerWheel(nowNanos, Runnable::run);
    for (int i = 0; i < others; i++) {
      wheel.add(timer(FAR_NANOS + WHEEL_NANOS / others * i));
    }
  }

  @Benchmark
  public Timer addAndCancel() {
    Timer timer = timer(nowNanos + 30 * SECOND_NANOS);
    wheel.add(timer);
    wheel.cancel(timer);
    return timer;
  }

  /** What each turn of a loop asks: when is the next timer due. */
  @Benchmark
  public long nextDelay() {
    return wheel.nextDelayNanos(nowNanos);
  }

  /** A turn of the loop in which no tick has passed: almost every one under load. */
  @Benchmark
  public void advanceWithinTick() {
    wheel.advance(nowNanos);
  }

  /**
   * A timer of one tick, fired at its time; the others in its slot of the wheel are passed over.
   */
  @Benchmark
  public long addAndFire() {
    wheel.add(timer(nowNanos));
    nowNanos += TICK_NANOS;
    wheel.advance(nowNanos);
    return fired;
  }

  /** A turn in which one tick has passed and nothing is due: the slot's others are passed over. */
  @Benchmark
  public void advanceOneTick() {
    nowNanos += TICK_NANOS;
    wheel.advance(nowNanos);
  }

  private Timer timer(long deadlineNanos) {
    return new Timer(() -> fired++, deadlineNanos);
  }
}
