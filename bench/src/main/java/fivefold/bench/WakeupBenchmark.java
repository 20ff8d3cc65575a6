package fivefold.bench;

import fivefold.net.loop.EventLoop;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A task handed to another loop that waits in the kernel, and an answer handed back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WakeupBenchmark {
  private EventLoop own;
  private EventLoop other;
  private Thread thread;
  private boolean answered;

  private final Runnable answer = () -> answered = true;
  private final Runnable question = () -> own.execute(answer);

  @Setup
  public void start() throws IOException {
    own = EventLoop.open();
    other = EventLoop.open();
    thread = Thread.ofPlatform().name("other loop").start(other::run);
  }

  /** Two wake-ups: there and back. */
  @Benchmark
  public boolean thereAndBack() {
    answered = false;
    other.execute(question);
    while (!answered) {
      own.turn(-1);
    }
    return answered;
  }

  /** A task posted by the loop's own thread, which is awake: no system call but the turn's look. */
  @Benchmark
  public boolean postToItself() {
    answered = false;
    own.execute(answer);
    own.turn(0);
    return answered;
  }

  @TearDown
  public void stop() throws InterruptedException {
    other.stop();
    thread.join();
    other.close();
    own.close();
  }
}
